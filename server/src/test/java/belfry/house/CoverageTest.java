package belfry.house;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.TestServer;
import belfry.gateway.Call;
import belfry.wire.ServiceBinding;
import belfry.wire.ServiceDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/coverage.md} is generated from what the server really implements. This test fails when it is stale; run
 * {@code mvn -pl server -am test -Dtest=CoverageTest -Dsurefire.failIfNoSpecifiedTests=false -Dbelfry.coverage.write=true}
 * to write it anew.
 */
class CoverageTest {
    private static final Path FILE = Path.of("../docs/coverage.md");

    @Test
    void theListOfOperationsIsUpToDate() throws IOException {
        String generated;
        try (TestServer server = TestServer.start()) {
            generated = page(server.belfry().services());
        }
        if (Boolean.getBoolean("belfry.coverage.write")) {
            Files.writeString(FILE, generated);
        }
        assertThat(Files.readString(FILE))
                .as("docs/coverage.md is stale; this class says how to write it anew")
                .isEqualTo(generated);
    }

    private static String page(List<ServiceBinding<Call>> services) {
        Map<String, Set<String>> built =
                services.stream().collect(Collectors.toMap(s -> s.service().name(), ServiceBinding::implemented));
        StringBuilder page = new StringBuilder("""
                # What is built

                Generated from the code by `CoverageTest`; do not edit. An operation that is not built answers 400
                `NotImplemented` and names itself.

                | service | built | of |
                |---|---:|---:|
                """);
        List<ServiceDescriptor> all = belfry.api.Services.ALL.stream()
                .sorted(Comparator.comparing(ServiceDescriptor::name))
                .toList();
        for (ServiceDescriptor service : all) {
            page.append("| [%1$s](#%1$s) | %2$d | %3$d |\n"
                    .formatted(
                            service.name(),
                            done(service, built).size(),
                            service.operations().size()));
        }
        for (ServiceDescriptor service : all) {
            Set<String> done = done(service, built);
            page.append("\n## ").append(service.name()).append('\n');
            page.append("Built: ").append(list(done, done::contains)).append("\n\n");
            page.append("Not built: ")
                    .append(list(service.operations(), name -> !done.contains(name)))
                    .append('\n');
        }
        return page.toString();
    }

    private static Set<String> done(ServiceDescriptor service, Map<String, Set<String>> built) {
        return built.getOrDefault(service.name(), Set.of());
    }

    private static String list(Set<String> names, Function<String, Boolean> wanted) {
        String text = names.stream().filter(wanted::apply).sorted().collect(Collectors.joining(", "));
        return text.isEmpty() ? "none" : text;
    }
}
