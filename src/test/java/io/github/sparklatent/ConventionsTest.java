package io.github.sparklatent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.learn.PackedDoubles;
import io.github.sparklatent.learn.PackedFloats;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Conventions of the code, the packages and the tests. */
@Tag("slow")
class ConventionsTest {
    private static final String ROOT = "io.github.sparklatent";

    private static final Path SOURCES = Path.of("src/main/java");

    private static final JavaClasses MAIN = new ClassFileImporter().importPath("target/classes");

    @Test
    void kernelsAreSingleThreaded() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("org\\.ejml\\..*(_MT_|SimpleMatrix|EjmlConcurrency).*")
                .because("a Spark task has one core; the products are our own kernels"));
    }

    @Test
    void randomnessIsAnArgument() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocalRandom.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(StrictMath.class, "random")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .because("the same seed gives the same bits"));
    }

    @Test
    void nothingIsExecutedOnLoad() {
        check(noClasses()
                .that() // these travel between the driver and the workers only
                .doNotBelongToAnyOf(PackedFloats.class, PackedDoubles.class, Shipped.class)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ObjectInputStream.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ObjectOutputStream.class)
                .because("models are JSON and CBOR that anyone can read"));
    }

    @Test
    void onlyTheApplicationPrints() {
        check(noClasses()
                .that(DescribedPredicate.not(resideInAPackage(ROOT + ".app..")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace"));
    }

    @Test
    void staticFieldsDoNotChange() {
        check(fields().that().areStatic().should().beFinal());
        check(noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(resideInAPackage("java.util.concurrent.."))
                .because("a mutable static is shared by all tasks of an executor"));
    }

    @Test
    void everyPackageIntroducesItself() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            Map<Path, List<Path>> packages = files.filter(
                            file -> file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(Path::getParent));
            assertThat(packages)
                    .isNotEmpty()
                    .allSatisfy((folder, sources) ->
                            assertThat(folder.resolve("package-info.java")).exists());
        }
    }

    /**
     * So that the command for the fast tests, in CONTRIBUTING.md, starts no Spark. Names of Spark's classes suffice.
     */
    @Test
    void testsWithSparkAreSlow() {
        ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            classes()
                    .that()
                    .haveSimpleNameEndingWith("Test")
                    .and(dependOnSpark())
                    .should(beTagged("slow"))
                    .check(new ClassFileImporter().importPath("target/test-classes"));
        });
    }

    private static DescribedPredicate<JavaClass> dependOnSpark() {
        return DescribedPredicate.describe(
                "depend on Spark",
                test -> test.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getName())
                        .anyMatch(name -> name.startsWith("org.apache.spark.sql.SparkSession")
                                || name.equals(LocalSpark.class.getName())));
    }

    /** The tag of a class is that of its superclass too, as for JUnit. */
    private static ArchCondition<JavaClass> beTagged(String tag) {
        return ArchCondition.from(DescribedPredicate.describe(
                "be tagged " + tag,
                test -> Stream.concat(Stream.of(test), test.getAllRawSuperclasses().stream())
                        .flatMap(type -> type.tryGetAnnotationOfType(Tag.class).stream())
                        .anyMatch(found -> found.value().equals(tag))));
    }

    private static void check(ArchRule rule) {
        rule.check(MAIN);
    }
}
