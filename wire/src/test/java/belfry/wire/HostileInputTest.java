package belfry.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever arrives, the answer is an error of AWS's form, and it comes soon. */
class HostileInputTest {
    private static final List<Recorded> RECORDED = Recorded.all();

    @Property(tries = 1500)
    void changedRequestsGetErrorsOnly(@ForAll long seed) {
        Random random = new Random(seed);
        WireRequest request = RECORDED.get(random.nextInt(RECORDED.size())).request();
        byte[] body = ((Body.Bytes) request.body()).bytes().clone();
        for (int i = random.nextInt(4); i >= 0 && body.length > 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        byte[] cut = random.nextInt(4) == 0 ? Arrays.copyOf(body, random.nextInt(body.length + 1)) : body;
        assertAnswered(request.withBody(Body.of(cut)));
    }

    @Property(tries = 1000)
    void changedAddressesGetErrorsOnly(@ForAll long seed) {
        Random random = new Random(seed);
        WireRequest request = RECORDED.get(random.nextInt(RECORDED.size())).request();
        Headers.Builder headers = Headers.builder();
        request.headers()
                .forEach((name, value) -> headers.add(name, random.nextInt(6) == 0 ? changed(value, random) : value));
        assertAnswered(new WireRequest(
                random.nextInt(5) == 0 ? "DELETE" : request.method(),
                "/" + changed(request.rawPath(), random),
                changed(request.rawQuery(), random),
                headers.build(),
                request.body()));
    }

    @Property(tries = 1000)
    void randomBytesGetErrorsOnly(@ForAll byte[] body, @ForAll long seed) {
        Random random = new Random(seed);
        assertAnswered(RECORDED.get(random.nextInt(RECORDED.size())).request().withBody(Body.of(body)));
    }

    @Test
    void bodiesThatEndTooEarlyGetErrors() {
        List<byte[]> bodies = List.of(
                new byte[] {' '},
                new byte[] {'\n', '\t'},
                new byte[] {'{'},
                new byte[] {'['},
                "{\"Name\":".getBytes(StandardCharsets.UTF_8),
                // CBOR: open maps and lists.
                new byte[] {(byte) 0xBF},
                new byte[] {(byte) 0xBF, 0x61, 'a'},
                new byte[] {(byte) 0xBF, 0x61, 'a', (byte) 0x9F},
                new byte[] {(byte) 0xA1, 0x61, 'a'});
        for (byte[] body : bodies) {
            RECORDED.forEach(recorded -> assertAnswered(recorded.request().withBody(Body.of(body))));
        }
    }

    private static String changed(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(3); i > 0 && !changed.isEmpty(); i--) {
            int at = random.nextInt(changed.length());
            changed.setCharAt(at, "%&=?/;.:+ 0aZ\u00e4\u0000\n".charAt(random.nextInt(16)));
        }
        return changed.toString();
    }

    private static void assertAnswered(WireRequest request) {
        Resolution resolution = Recorded.ROUTER.resolve(request);
        verify(resolution);
        ServiceException error = decode(resolution);
        if (error != null) {
            assertThat(error.status()).isBetween(300, 499);
            WireResponse response = resolution.error(error, "id");
            assertThat(response.status()).isBetween(300, 499);
            assertThat(response.headers().isEmpty()).isFalse();
        }
    }

    private static void verify(Resolution resolution) {
        try {
            Recorded.SIG_V4.verify(resolution, Recorded.TIME);
        } catch (ServiceException e) {
            assertThat(e.status()).isBetween(400, 411);
        }
    }

    private static @org.jspecify.annotations.Nullable ServiceException decode(Resolution resolution) {
        if (resolution instanceof Unresolved unresolved) {
            return unresolved.error();
        }
        Invocation invocation = (Invocation) resolution;
        try {
            Struct in = invocation.decode(SigV4.unverified(invocation.request()));
            invocation.validate(in);
            if (in != null && invocation.operation().equals("PutObject")) {
                read(((belfry.api.s3.PutObjectRequest) in).body());
            }
            return null;
        } catch (ServiceException e) {
            return e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void read(Body body) throws IOException {
        try (InputStream in = body.open()) {
            in.readAllBytes();
        }
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "{\"Name\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertRefused("secretsmanager-CreateSecret", deep, "SerializationException");
        assertRefused("secretsmanager-CreateSecret", "{\"unknown\":" + "[".repeat(100_000), "SerializationException");
        assertRefused("sns-Publish", "Action=Publish&a" + ".b".repeat(100_000) + "=1", "MalformedQueryString");
        assertRefused("s3-DeleteObjects", "<Delete>" + "<Object>".repeat(100_000), "MalformedXML");
    }

    @Test
    void entitiesAreRefused() {
        String laughs =
                "<!DOCTYPE d [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><Delete><Object><Key>&b;</Key></Object></Delete>";
        assertRefused("s3-DeleteObjects", laughs, "MalformedXML");
        String file =
                "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Delete><Object><Key>&x;</Key></Object></Delete>";
        assertRefused("s3-DeleteObjects", file, "MalformedXML");
    }

    @Test
    void decompressionIsBounded() throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (java.util.zip.GZIPOutputStream zip = new java.util.zip.GZIPOutputStream(bytes)) {
            for (int i = 0; i < 200; i++) {
                zip.write(new byte[1 << 20]);
            }
        }
        WireRequest request = Recorded.named("cloudwatch-PutMetricData-gzip").request();
        ServiceException error = decode(Recorded.ROUTER.resolve(request.withBody(Body.of(bytes.toByteArray()))));
        assertThat(error).isNotNull().extracting(ServiceException::status).isEqualTo(413);
    }

    @Test
    void largeBodiesAreNotReadToTheirEnd() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return ' ';
            }
        };
        WireRequest request = Recorded.named("kms-Encrypt").request();
        Resolution resolution = Recorded.ROUTER.resolve(request.withBody(Body.of(endless, Body.UNKNOWN)));
        assertThat(((Unresolved) resolution).error().status()).isEqualTo(413);
        Resolution stated = Recorded.ROUTER.resolve(request.withBody(Body.of(endless, 20_000_000)));
        assertThat(((Unresolved) stated).error().status()).isEqualTo(413);
    }

    private static void assertRefused(String name, String body, String code) {
        WireRequest request = Recorded.named(name).request();
        Headers plain = Headers.builder()
                .add("X-Amz-Target", request.headers().firstOr("X-Amz-Target", ""))
                .add("Content-Type", request.headers().firstOr("Content-Type", ""))
                .build();
        Headers headers = name.startsWith("secrets") ? plain : plain.with("X-Amz-Target", null);
        WireRequest changed = new WireRequest(
                request.method(),
                request.rawPath(),
                request.rawQuery(),
                headers,
                Body.of(body.getBytes(StandardCharsets.UTF_8)));
        ServiceException error = decode(Recorded.ROUTER.resolve(changed));
        assertThat(error).isNotNull().extracting(ServiceException::code).isEqualTo(code);
    }
}
