package belfry.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the map of the house: stages in the order in which a secret's read travels; arrows go one way only. */
class MapTest {
    /** In the order of travel. A stage may import the stages before it, the shared small types and the store. */
    private static final List<String> STAGES = List.of(
            "gateway",
            "access",
            "vault",
            "trail",
            "buckets",
            "logs",
            "metrics",
            "alarms",
            "events",
            "topics",
            "delivery",
            "console");

    private static final List<String> SHARED =
            List.of("belfry.base..", "belfry.store..", "belfry.seal..", "belfry.wire..", "belfry.api..");

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("belfry");

    @TestFactory
    Stream<DynamicTest> aStageImportsOnlyTheStagesBeforeIt() {
        return STAGES.stream()
                .map(stage -> DynamicTest.dynamicTest(stage, () -> {
                    List<String> allowed = new ArrayList<>(SHARED);
                    allowed.add("belfry.engine..");
                    STAGES.subList(0, STAGES.indexOf(stage) + 1)
                            .forEach(before -> allowed.add("belfry." + before + ".."));
                    classes()
                            .that()
                            .resideInAPackage("belfry." + stage + "..")
                            .should()
                            .onlyDependOnClassesThat(foreignOr(allowed))
                            .allowEmptyShould(true)
                            .check(HOUSE);
                }));
    }

    @Test
    void theEngineImportsTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage("belfry.engine..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "belfry.engine..", "org.jspecify..")
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void theWireKnowsNoServiceAndNoServer() {
        noClasses()
                .that()
                .resideInAPackage("belfry.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "belfry.api..", "belfry.base..", "belfry.store..", "belfry.gateway..", "io.helidon..")
                .check(HOUSE);
    }

    @Test
    void theStoreKnowsNoStage() {
        classes()
                .that()
                .resideInAPackage("belfry.store..")
                .should()
                .onlyDependOnClassesThat(foreignOr(List.of("belfry.base..", "belfry.store..")))
                .check(HOUSE);
    }

    @Test
    void theSealKnowsNoStage() {
        classes()
                .that()
                .resideInAPackage("belfry.seal..")
                .should()
                .onlyDependOnClassesThat(foreignOr(List.of("belfry.base..", "belfry.store..", "belfry.seal..")))
                .check(HOUSE);
    }

    @Test
    void onlyTheAdapterKnowsTheHttpServer() {
        noClasses()
                .that()
                .resideOutsideOfPackage("belfry.gateway")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.helidon..")
                .check(HOUSE);
    }

    private static DescribedPredicate<JavaClass> foreignOr(List<String> allowed) {
        DescribedPredicate<JavaClass> ours = JavaClass.Predicates.resideInAnyPackage("belfry..");
        DescribedPredicate<JavaClass> fine = JavaClass.Predicates.resideInAnyPackage(allowed.toArray(String[]::new));
        return DescribedPredicate.not(ours).or(fine).as("live elsewhere or in " + allowed);
    }
}
