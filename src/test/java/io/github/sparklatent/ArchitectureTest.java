package io.github.sparklatent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The floors of the house and what may stand on them: an import may only point down. */
class ArchitectureTest {
    private static final String ROOT = "io.github.sparklatent";
    private static final Path SOURCES = Path.of("src/main/java");

    private static final List<String> GROUND = List.of("linalg");
    private static final List<String> FIRST = List.of("linalg", "learn", "nn");
    private static final List<String> MODELS = List.of("gmm", "pca", "vae", "gan", "metrics");
    private static final List<String> THIRD = join(join(FIRST, MODELS), List.of("cluster"));

    /** Each package and those it may import, beside itself. */
    private static final Map<String, List<String>> FLOORS =
            Map.ofEntries(
                    Map.entry("linalg", List.of()),
                    Map.entry("learn", GROUND),
                    Map.entry("nn", GROUND),
                    Map.entry("gmm", FIRST),
                    Map.entry("pca", FIRST),
                    // A latent space may be a mixture, a decoder may play against a discriminator.
                    Map.entry("vae", join(FIRST, List.of("gmm", "gan"))),
                    Map.entry("gan", FIRST),
                    Map.entry("metrics", FIRST),
                    Map.entry("cluster", List.of("linalg", "learn")),
                    Map.entry("ml", THIRD),
                    Map.entry("report", THIRD),
                    Map.entry("onnx", THIRD),
                    Map.entry("registry", THIRD),
                    Map.entry("app", join(THIRD, List.of("ml", "report", "onnx", "registry"))));

    /** Libraries and the packages that alone may import them. */
    private static final Map<String, List<String>> LIBRARIES =
            Map.of(
                    "org.apache.spark..", List.of("cluster", "ml", "registry", "app"),
                    "org.apache.spark.sql.classic..", List.of(),
                    "org.apache.hadoop..", List.of("cluster", "ml", "registry", "app"),
                    "scala..", List.of("cluster", "ml", "registry", "app"),
                    "breeze..", List.of(),
                    "picocli..", List.of("app"),
                    "com.typesafe.config..", List.of("app"),
                    "freemarker..", List.of("report"),
                    "org.knowm.xchart..", List.of("report"));

    private static final JavaClasses MAIN = new ClassFileImporter().importPath("target/classes");

    static Stream<String> packages() {
        return FLOORS.keySet().stream().sorted();
    }

    static Stream<String> libraries() {
        return LIBRARIES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void importsPointDown(String name) {
        List<String> allowed = join(FLOORS.get(name), List.of(name));
        check(
                noClasses()
                        .that(resideInAPackage(ours(name)))
                        .should()
                        .dependOnClassesThat(inRootButNotIn(allowed))
                        .because(name + " may import " + allowed + " of ours and nothing else"));
    }

    @Test
    void everyClassLivesOnAFloor() {
        check(
                classes()
                        .that()
                        .doNotHaveSimpleName("package-info")
                        .should()
                        .resideInAnyPackage(ours(FLOORS.keySet()))
                        .because("a new package needs a floor in this test first"));
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void librariesStayWhereTheyBelong(String library) {
        check(
                noClasses()
                        .that(
                                DescribedPredicate.not(
                                        resideInAnyPackage(ours(LIBRARIES.get(library)))))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(library));
    }

    @Test
    void packagesOfNetworksHaveNoCycles() {
        check(slices().matching(ROOT + ".vae.(*)..").should().beFreeOfCycles());
    }

    @Test
    void kernelsAreSingleThreaded() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching("org\\.ejml\\..*(_MT_|SimpleMatrix|EjmlConcurrency).*")
                        .because("a Spark task has one core; the products are our own kernels"));
    }

    @Test
    void randomnessIsAnArgument() {
        check(
                noClasses()
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
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .areAssignableTo(ObjectInputStream.class)
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(ObjectOutputStream.class)
                        .because("models are JSON and Parquet that anyone can read"));
    }

    @Test
    void onlyTheApplicationPrints() {
        check(
                noClasses()
                        .that(DescribedPredicate.not(resideInAPackage(ours("app"))))
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
        check(
                noFields()
                        .that()
                        .areStatic()
                        .should()
                        .haveRawType(resideInAPackage("java.util.concurrent.."))
                        .because("a mutable static is shared by all tasks of an executor"));
    }

    @Test
    void everyPackageIntroducesItself() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> packages =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .map(Path::getParent)
                            .distinct()
                            .toList();
            assertThat(packages)
                    .isNotEmpty()
                    .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
        }
    }

    /** Packages that come later are on their floors already, hence the empty ones. */
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MAIN);
    }

    private static DescribedPredicate<JavaClass> inRootButNotIn(List<String> names) {
        return resideInAPackage(ROOT + "..")
                .and(DescribedPredicate.not(resideInAnyPackage(ours(names))))
                .as("of ours outside %s", names);
    }

    private static String ours(String name) {
        return ROOT + "." + name + "..";
    }

    private static String[] ours(Collection<String> names) {
        return names.stream().map(ArchitectureTest::ours).toArray(String[]::new);
    }

    private static List<String> join(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
