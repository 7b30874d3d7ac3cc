package belfry.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import belfry.base.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Terraform with the real AWS provider, in a copy of a configuration. Where one of both is absent the test is skipped. */
final class Terraform {
    /** Names the folder above {@code registry.terraform.io}, as {@code terraform providers mirror} fills it. */
    private static final String MIRROR = "BELFRY_TERRAFORM_PLUGINS";

    private static final String PROVIDER = "terraform-provider-aws_v";
    private static final int DEPTH_BELOW_MIRROR = 7;

    private final Path folder;
    private final Map<String, String> environment;
    private final Map<String, String> variables = new TreeMap<>();

    private Terraform(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    /** Copies the configuration into {@code folder} and initialises it there, from local plugins only. */
    static Terraform init(Path configuration, Path folder, Map<String, String> environment) throws Exception {
        Tools.require("terraform");
        Path mirror = mirror();
        try (Stream<Path> files = Files.list(configuration)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (file.toString().endsWith(".tf")) {
                    Files.copy(file, folder.resolve(file.getFileName().toString()));
                }
            }
        }
        Map<String, String> all = new HashMap<>(environment);
        Path settings = Files.createFile(folder.resolve("terraform.rc"));
        all.put("TF_CLI_CONFIG_FILE", settings.toString());
        all.put("TF_IN_AUTOMATION", "1");
        all.put("CHECKPOINT_DISABLE", "1");
        all.put("TF_CLI_ARGS", "-no-color");
        Terraform terraform = new Terraform(folder, all);
        terraform.run(Set.of(0), List.of("init", "-plugin-dir=" + mirror));
        return terraform;
    }

    private static Path mirror() throws IOException {
        String named = System.getenv(MIRROR);
        List<Path> places = named == null
                ? List.of(
                        Path.of("/opt"),
                        Path.of("/usr/local/share/terraform"),
                        Path.of("/usr/share/terraform"),
                        Path.of(System.getProperty("user.home"), ".terraform.d"))
                : List.of(Path.of(named));
        for (Path place : places) {
            Optional<Path> found = mirrorIn(place);
            if (found.isPresent()) {
                return found.get();
            }
        }
        String absent =
                "no " + PROVIDER + "5… below " + places + "; run `terraform providers mirror DIR` and set " + MIRROR;
        if (System.getenv("BELFRY_REQUIRE_TOOLS") != null) {
            fail(absent);
        }
        abort(absent);
        throw new AssertionError("abort does not return");
    }

    /** The provider lies in MIRROR/registry.terraform.io/hashicorp/aws/VERSION/PLATFORM. */
    private static Optional<Path> mirrorIn(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(
                place,
                DEPTH_BELOW_MIRROR + 2,
                (path, attributes) -> path.getFileName() != null
                        && path.getFileName().toString().startsWith(PROVIDER + "5."))) {
            return files.map(file -> file.resolve("../../../../../..").normalize())
                    .findFirst();
        }
    }

    /** Sets a variable for all commands to come. */
    Terraform with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    void apply() throws Exception {
        run(Set.of(0), withVariables("apply", "-auto-approve"));
    }

    void destroy() throws Exception {
        run(Set.of(0), withVariables("destroy", "-auto-approve"));
    }

    /** Whether nothing is to be done: {@code plan -detailed-exitcode} is 0. */
    void assertConverged() throws Exception {
        run(Set.of(0), withVariables("plan", "-detailed-exitcode"));
    }

    void forget(List<String> addresses) throws Exception {
        List<String> command = new ArrayList<>(List.of("state", "rm"));
        command.addAll(addresses);
        run(Set.of(0), command);
    }

    void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    void delete(String file) throws IOException {
        Files.delete(folder.resolve(file));
    }

    String output(String name) throws Exception {
        return run(Set.of(0), List.of("output", "-raw", name)).strip();
    }

    /** What a plan would do. */
    Plan plan() throws Exception {
        run(Set.of(0, 2), withVariables("plan", "-detailed-exitcode", "-out=plan.tfplan"));
        return Plan.read(Json.parse(run(Set.of(0), List.of("show", "-json", "plan.tfplan"))));
    }

    void applyPlan() throws Exception {
        run(Set.of(0), List.of("apply", "plan.tfplan"));
    }

    /**
     * A plan.
     *
     * @param updates the attributes that change in place, by the resource's address
     * @param imports the addresses of what only comes under Terraform's eyes
     * @param others what is created, deleted or replaced
     */
    record Plan(Map<String, Set<String>> updates, Set<String> imports, Set<String> others) {
        static Plan read(JsonNode shown) {
            Map<String, Set<String>> updates = new TreeMap<>();
            Set<String> imports = new TreeSet<>();
            Set<String> others = new TreeSet<>();
            for (JsonNode resource : shown.path("resource_changes")) {
                String address = resource.path("address").asText();
                JsonNode change = resource.path("change");
                List<String> actions = new ArrayList<>();
                change.path("actions").forEach(action -> actions.add(action.asText()));
                if (change.has("importing")) {
                    imports.add(address);
                }
                if (actions.equals(List.of("update"))) {
                    updates.put(address, changed(change.path("before"), change.path("after")));
                } else if (!actions.equals(List.of("no-op")) && !actions.equals(List.of("read"))) {
                    others.add(address);
                }
            }
            return new Plan(updates, imports, others);
        }

        private static Set<String> changed(JsonNode before, JsonNode after) {
            Set<String> changed = new TreeSet<>();
            before.properties().forEach(attribute -> {
                if (!attribute.getValue().equals(after.path(attribute.getKey()))) {
                    changed.add(attribute.getKey());
                }
            });
            return changed;
        }
    }

    private List<String> withVariables(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.add("-input=false");
        variables.forEach((name, value) -> all.add("-var=" + name + "=" + value));
        return all;
    }

    private String run(Set<Integer> expected, List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("terraform"));
        command.addAll(arguments);
        Tools.Result result = Tools.run(folder, environment, command.toArray(String[]::new));
        assertThat(expected)
                .as("terraform %s ended with %d:%n%s", arguments.getFirst(), result.exit(), result.output())
                .contains(result.exit());
        return result.output();
    }
}
