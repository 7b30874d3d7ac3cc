package belfry.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import belfry.api.s3.PutObjectRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The two signed uploads that AWS's guide to Signature Version 4 spells out, and what happens when they change. */
class ChunkedTest {
    private static final Instant TIME = Instant.parse("2013-05-24T00:00:00Z");
    private static final String DATA = "a".repeat(66_560);

    private static Headers headers(String sha256, String signedHeaders, String signature, String... more) {
        Headers.Builder headers = Headers.builder()
                .add("Host", "s3.amazonaws.com")
                .add("x-amz-date", "20130524T000000Z")
                .add("x-amz-storage-class", "REDUCED_REDUNDANCY")
                .add("x-amz-content-sha256", sha256)
                .add("Content-Encoding", "aws-chunked")
                .add("x-amz-decoded-content-length", "66560")
                .add(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders="
                                + signedHeaders + ",Signature=" + signature);
        for (int i = 0; i < more.length; i += 2) {
            headers.add(more[i], more[i + 1]);
        }
        return headers.build();
    }

    private static String chunks(String first, String second, String last) {
        return "10000;chunk-signature=" + first + "\r\n" + DATA.substring(0, 65_536) + "\r\n400;chunk-signature="
                + second + "\r\n" + DATA.substring(65_536) + "\r\n0;chunk-signature=" + last + "\r\n";
    }

    private static WireRequest signedChunks() {
        return RawRequests.request(
                "PUT",
                "/examplebucket/chunkObject.txt",
                headers(
                        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                        "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class",
                        "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
                        "Content-Length",
                        "66824"),
                chunks(
                                "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
                                "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
                                "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9")
                        + "\r\n");
    }

    private static WireRequest signedTrailer() {
        return RawRequests.request(
                "PUT",
                "/examplebucket/chunkObject.txt",
                headers(
                        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
                        "content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer",
                        "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
                        "x-amz-trailer",
                        "x-amz-checksum-crc32c"),
                chunks(
                                "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
                                "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
                                "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992")
                        + "x-amz-checksum-crc32c:sOO8/Q==\r\n"
                        + "x-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n");
    }

    private static byte[] upload(WireRequest request) throws IOException {
        Invocation invocation = (Invocation) Recorded.ROUTER.resolve(request);
        WireRequest verified = Recorded.SIG_V4.verify(invocation, TIME).request();
        PutObjectRequest in = (PutObjectRequest) Objects.requireNonNull(invocation.decode(verified));
        assertThat(in.contentLength()).isEqualTo(DATA.length());
        try (InputStream content = in.body().open()) {
            return content.readAllBytes();
        }
    }

    @Test
    void theGuidesUploadsAreRight() throws IOException {
        assertThat(upload(signedChunks())).asString(StandardCharsets.UTF_8).isEqualTo(DATA);
        assertThat(upload(signedTrailer())).asString(StandardCharsets.UTF_8).isEqualTo(DATA);
    }

    @Test
    void anyChangedByteIsRefused() {
        Random random = new Random(7);
        for (WireRequest request : List.of(signedChunks(), signedTrailer())) {
            byte[] body = ((Body.Bytes) request.body()).bytes();
            for (int i = 0; i < 300; i++) {
                // The coding stands at the ends and around the chunk border; the rest is data.
                int at = i % 3 == 0
                        ? random.nextInt(100)
                        : i % 3 == 1 ? body.length - 5 - random.nextInt(200) : random.nextInt(body.length);
                byte[] changed = body.clone();
                changed[at] ^= (byte) (1 << random.nextInt(5));
                assertRefused(request.withBody(Body.of(changed)), at);
            }
        }
    }

    private static void assertRefused(WireRequest request, int at) {
        try {
            assertThat(upload(request))
                    .as("what a change at byte %d leaves untouched", at)
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo(DATA);
        } catch (ServiceException e) {
            assertThat(e.code()).isIn("SignatureDoesNotMatch", "IncompleteBody", "BadDigest", "MalformedTrailerError");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aShortenedUploadIsRefused() {
        for (WireRequest request : List.of(signedChunks(), signedTrailer())) {
            byte[] body = ((Body.Bytes) request.body()).bytes();
            for (int length = 0; length < body.length - 100; length += 997) {
                byte[] cut = java.util.Arrays.copyOf(body, length);
                assertThatThrownBy(() -> upload(request.withBody(Body.of(cut)))).isInstanceOf(ServiceException.class);
            }
        }
    }

    @Test
    void swappedChunksAreRefused() {
        String body = "400;chunk-signature=" + "0".repeat(64) + "\r\n" + "a".repeat(1024) + "\r\n";
        assertThatThrownBy(() -> upload(signedChunks().withBody(Body.of(body.getBytes(StandardCharsets.UTF_8)))))
                .isInstanceOf(ServiceException.class);
    }

    @Test
    void trailersAreCheckedInDevelopmentToo() throws IOException {
        CRC32 crc = new CRC32();
        crc.update("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(crc.getValue()).isEqualTo(0x3610a686L);
        String coded = "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n";
        assertThat(unverified(coded)).isEqualTo("hello");
        assertThatThrownBy(() -> unverified(coded.replace("NhCmhg", "NhCmhQ")))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo("BadDigest"));
    }

    private static String unverified(String coded) throws IOException {
        WireRequest request = RawRequests.request(
                "PUT",
                "/b/k",
                Headers.of(
                        "Content-Encoding", "gzip,aws-chunked",
                        "x-amz-decoded-content-length", "5",
                        "x-amz-trailer", "x-amz-checksum-crc32",
                        "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
                coded);
        WireRequest plain = SigV4.unverified(request);
        assertThat(plain.headers().first("Content-Encoding")).isEqualTo("gzip");
        assertThat(plain.headers().first("Content-Length")).isEqualTo("5");
        try (InputStream in = plain.body().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void crc64NvmeIsTheCataloguesCheckValue() {
        Crc64Nvme crc = new Crc64Nvme();
        byte[] check = "123456789".getBytes(StandardCharsets.UTF_8);
        crc.update(check, 0, check.length);
        assertThat(crc.getValue()).isEqualTo(0xAE8B14860A799888L);
        crc.reset();
        for (byte b : check) {
            crc.update(b);
        }
        assertThat(crc.getValue()).isEqualTo(0xAE8B14860A799888L);
    }

    @Test
    void anEmptyBodyIsCheckedWithoutBeingRead() {
        Body wrong = CheckedBody.of(Body.empty(), List.of(ContentCheck.sha256("0".repeat(64))));
        assertThatThrownBy(wrong::open).isInstanceOf(ServiceException.class);
    }

    @Test
    void endlessLinesEnd() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'a';
            }
        };
        AwsChunkedStream in = new AwsChunkedStream(endless, null, false, Headers.empty());
        assertThatThrownBy(in::read).isInstanceOf(ServiceException.class);
        AwsChunkedStream empty =
                new AwsChunkedStream(new ByteArrayInputStream(new byte[0]), null, false, Headers.empty());
        assertThatThrownBy(empty::read).isInstanceOf(ServiceException.class);
    }
}
