package belfry.tools.setup;

import static org.assertj.core.api.Assertions.assertThat;

import belfry.engine.pattern.FilterPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of {@code detections/}: complete, distinct, listed, and each tells its two records apart. */
class DetectionsTest {
    private static final Path FOLDER = Path.of("../detections");

    /** Values for the parameters, as setup would fill them in. */
    static final Map<String, List<String>> PARAMETERS = Map.of(
            "secret", List.of("payroll/db"), "canary", List.of("old-backup"), "trailBucket", List.of("trail-files"));

    static Stream<Detection> detections() {
        return Packs.all().stream().flatMap(pack -> pack.detections(PARAMETERS).stream());
    }

    @ParameterizedTest
    @MethodSource("detections")
    void itsRecordFires(Detection detection) {
        assertThat(matches(detection, detection.fires().toString())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("detections")
    void theOtherRecordIsSilent(Detection detection) {
        assertThat(matches(detection, detection.silent().toString())).isFalse();
    }

    private static boolean matches(Detection detection, String record) {
        return FilterPattern.parse(detection.pattern()).matches(record);
    }

    @Test
    void everyFileIsListedAndNamedByItsId() throws IOException {
        List<String> listed = new ArrayList<>();
        for (Packs.Pack pack : Packs.all()) {
            assertThat(pack.about()).isNotBlank();
            pack.texts()
                    .forEach(text ->
                            listed.add(pack.name() + "/" + Packs.detection(text).code() + ".json"));
        }
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<String> present = files.filter(file -> file.getNameCount() == FOLDER.getNameCount() + 2)
                    .filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString())
                    .toList();
            assertThat(listed).containsExactlyInAnyOrderElementsOf(present);
        }
    }

    @Test
    void noTwoShareAnIdANameOfTheirFilterOrAMetric() {
        assertThat(detections().map(Names::of)).doesNotHaveDuplicates();
        assertThat(detections().map(Detection::metric)).doesNotHaveDuplicates();
    }

    @Test
    void allTogetherKeepAwsLimits() {
        assertThat(detections().count()).isLessThanOrEqualTo(FilterSteps.MAX_FILTERS);
        assertThat(detections()
                        .filter(each -> FilterPattern.parse(each.pattern()).regexCount() > 0)
                        .count())
                .as("patterns with a regex in one log group")
                .isLessThanOrEqualTo(5);
        assertThat(detections().map(Names::description)).allMatch(text -> text.length() <= 1024);
    }

    @Test
    void aDetectionIsMadeForEachValueOfItsParameterAndForNoneWithout() {
        Packs.Pack secrets = Packs.all().stream()
                .filter(pack -> pack.name().equals("secrets"))
                .findFirst()
                .orElseThrow();
        assertThat(ids(secrets, Map.of())).noneMatch(id -> id.startsWith("SEC-01"));
        assertThat(ids(secrets, Map.of("secret", List.of("a", "b")))).contains("SEC-01-a", "SEC-01-b");
    }

    private static List<String> ids(Packs.Pack pack, Map<String, List<String>> parameters) {
        return pack.detections(parameters).stream().map(Detection::id).toList();
    }

    @Test
    void theReadmeListsThemAll() throws IOException {
        StringBuilder table = new StringBuilder();
        for (Packs.Pack pack : Packs.all()) {
            table.append("\n### ")
                    .append(pack.name())
                    .append("\n")
                    .append(pack.about())
                    .append(".\n\n");
            table.append("| Id | Tells of | ATT&CK |\n|---|---|---|\n");
            for (String text : pack.texts()) {
                Detection each = Packs.detection(text);
                table.append("| [%s](%s/%s.json) | %s | %s |%n"
                        .formatted(
                                each.code(), pack.name(), each.code(), each.name(), String.join(", ", each.attack())));
            }
        }
        assertThat(Files.readString(FOLDER.resolve("README.md")))
                .as("detections/README.md must hold this table")
                .contains(table);
    }
}
