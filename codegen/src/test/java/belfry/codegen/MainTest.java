package belfry.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private static final String DESCRIPTION = """
            {"metadata":{"apiVersion":"2020-01-01","serviceId":"Bell Tower","endpointPrefix":"bells","protocols":["json"]},
             "operations":{"Ring":{"name":"Ring","http":{"method":"POST","requestUri":"/"},
                 "input":{"shape":"RingRequest"},"errors":[{"shape":"Cracked"}]}},
             "shapes":{"RingRequest":{"type":"structure","members":{"Bells":{"shape":"Bells"},"Body":{"shape":"B","streaming":true}}},
                 "Bells":{"type":"list","member":{"shape":"S"}},"S":{"type":"string"},"B":{"type":"blob"},
                 "Cracked":{"type":"structure","members":{},"exception":true}}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private Path models() {
        return folder.resolve("models");
    }

    private Path generated(String file) {
        return folder.resolve("out/belfry/api").resolve(file);
    }

    private boolean run() throws IOException {
        return Main.run(models(), folder.resolve("out"));
    }

    @BeforeEach
    void writeModel() throws IOException {
        Files.createDirectories(models());
        Files.writeString(models().resolve("bells.json"), DESCRIPTION);
    }

    @Test
    void generatesStructuresInterfaceAndGlue() throws IOException {
        assertThat(run()).isTrue();

        assertThat(generated("bells/RingRequest.java"))
                .content()
                .contains("public RingRequest bells(java.util.List<java.lang.String> value)")
                .contains("belfry.wire.Body body()");
        assertThat(generated("bells/BellTowerApi.java"))
                .content()
                .contains("belfry.wire.NoOutput ring(belfry.api.bells.RingRequest in, C call)")
                .contains("notImplemented(\"bells\", \"Ring\")");
        assertThat(generated("bells/BellTowerBinding.java")).exists();
        assertThat(generated("Services.java")).content().contains("signingName(\"bells\")");
        assertThat(generated("bells/Cracked.java")).doesNotExist();
    }

    @Test
    void doesNothingWhenNothingChanged() throws IOException {
        run();
        assertThat(run()).isFalse();
    }

    @Test
    void removesWhatTheDescriptionNoLongerHas() throws IOException {
        run();
        Files.writeString(models().resolve("bells.json"), DESCRIPTION.replace("RingRequest", "TollRequest"));

        assertThat(run()).isTrue();
        assertThat(generated("bells/RingRequest.java")).doesNotExist();
        assertThat(generated("bells/TollRequest.java")).exists();
    }
}
