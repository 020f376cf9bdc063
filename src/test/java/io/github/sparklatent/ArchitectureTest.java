package io.github.sparklatent;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layers and what each package may import: an import may only point down. */
@Tag("slow")
class ArchitectureTest {
    private static final String ROOT = "io.github.sparklatent";

    private static final List<String> LAYER_0 = List.of("linalg", "settings");
    private static final List<String> LEARN = List.of("linalg", "learn", "settings");
    private static final List<String> LAYER_1 = List.of("linalg", "learn", "settings", "nn");
    private static final List<String> LAYER_2 = List.of("linear", "mixture", "gan", "vae", "metrics");
    private static final List<String> LAYER_3 = List.of("cluster", "columns", "config", "report", "scoring");

    /** Each package, and the other packages that it and its sub-packages may import. */
    private static final Map<String, List<String>> LAYERS = Map.ofEntries(
            Map.entry("linalg", List.of()),
            Map.entry("settings", List.of()),
            Map.entry("onnx", List.of()),
            Map.entry("learn", LAYER_0),
            Map.entry("nn", LAYER_0),
            Map.entry("linear", LEARN),
            // A factored covariance is a linear model.
            Map.entry("mixture", join(LEARN, List.of("linear"))),
            Map.entry("metrics", LEARN),
            Map.entry("gan", LAYER_1),
            // A prior may be a mixture; a decoder may train against a discriminator.
            Map.entry("vae", join(LAYER_1, List.of("mixture", "gan"))),
            // A column can be a quantile of its table.
            Map.entry("columns", LEARN),
            Map.entry("scoring", join(join(LAYER_1, List.of("columns")), LAYER_2)),
            Map.entry("cluster", join(LEARN, List.of("columns"))),
            // Placement, scaling and the nearest name of a mistyped one.
            Map.entry("config", List.of("cluster", "columns", "settings")),
            // A report shows components, so it knows covariance types and mixtures, and names the measures of
            // objectives.
            Map.entry("report", List.of("linalg", "learn", "mixture", "gan", "vae")),
            Map.entry("ml", join(join(LAYER_1, LAYER_2), join(LAYER_3, List.of("onnx")))),
            // The commands know models through ml only, and compare rows by metrics.
            Map.entry("app", join(join(LEARN, LAYER_3), List.of("ml", "metrics"))));

    private static final List<String> SHARED_ML =
            List.of("ml.core", "ml.columns", "ml.evaluation", "ml.explanation", "ml.io", "ml.params");

    /** Each sub-package of ml, and the others that it may import. */
    private static final Map<String, List<String>> SUB_PACKAGES_OF_ML = Map.ofEntries(
            Map.entry("ml.io", List.of()),
            Map.entry("ml.columns", List.of("ml.io")),
            Map.entry("ml.core", List.of("ml.columns", "ml.explanation", "ml.io")),
            // The Params name the types of the values that they hold.
            Map.entry("ml.params", List.of("ml.core", "ml.network")),
            Map.entry("ml.evaluation", List.of("ml.core", "ml.columns", "ml.explanation", "ml.io")),
            Map.entry("ml.explanation", List.of("ml.columns")),
            Map.entry("ml.mixture", join(SHARED_ML, List.of("ml.rounds"))),
            Map.entry("ml.rounds", SHARED_ML),
            Map.entry("ml.linear", join(SHARED_ML, List.of("ml.rounds"))),
            Map.entry("ml.network", SHARED_ML));

    private static final List<String> FAMILIES = List.of("ml.mixture", "ml.linear", "ml.network");

    private static final List<String> SPARK = List.of("cluster..", "ml..", "app..");

    /** Libraries, and the packages that alone may import them; ".." adds the sub-packages. */
    private static final Map<String, List<String>> LIBRARIES = Map.of(
            "org.apache.spark..", SPARK,
            "org.apache.spark.sql.classic..", List.of("cluster"), // a local table of rows as Spark keeps them
            "org.apache.hadoop..", SPARK,
            "scala..", SPARK,
            "breeze..", List.of(),
            "picocli..", List.of("app"),
            // Keys whose values are sections read them; inspect quotes a key in app.
            "com.typesafe.config..", List.of("config..", "app", "app.config", "ml.network.keys"),
            "freemarker..", List.of("report"));

    private static final JavaClasses MAIN = new ClassFileImporter().importPath("target/classes");

    static Stream<String> packages() {
        return LAYERS.keySet().stream().sorted();
    }

    static Stream<String> subPackagesOfMl() {
        return SUB_PACKAGES_OF_ML.keySet().stream().sorted();
    }

    static Stream<String> libraries() {
        return LIBRARIES.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void importsPointDown(String name) {
        List<String> allowed = join(LAYERS.get(name), List.of(name));
        check(noClasses()
                .that(resideInAPackage(ours(name)))
                .should()
                .dependOnClassesThat(inRootButNotIn(allowed))
                .because(name + " may import " + allowed + " of ours and nothing else"));
    }

    @Test
    void everyClassIsInALayer() {
        check(classes()
                .that()
                .doNotHaveSimpleName("package-info")
                .should()
                .resideInAnyPackage(ours(LAYERS.keySet()))
                .because("a new package needs a layer in this test first"));
    }

    @Test
    void thePageNamesEveryPackage() throws IOException {
        String page = Files.readString(Path.of("src/site/markdown/internals/architecture.md"));
        assertThat(Stream.concat(packages(), subPackagesOfMl()))
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    /** Only the package ml itself, with the list Families, knows all families. */
    @ParameterizedTest
    @MethodSource("subPackagesOfMl")
    void familiesOfModelsAreIndependent(String name) {
        List<String> allowed = join(SUB_PACKAGES_OF_ML.get(name), List.of(name));
        check(noClasses()
                .that(resideInAPackage(ours(name)))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + ".ml..")
                        .and(DescribedPredicate.not(resideInAnyPackage(ours(allowed))))
                        .as("of ml outside %s", allowed)));
    }

    @Test
    void commandsKnowNoFamily() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".app..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ours(FAMILIES)));
    }

    /**
     * What all families share works for a family that does not exist yet. The generated Params name the types of the
     * values that they hold.
     */
    @Test
    void sharedPackagesOfMlKnowNoModel() {
        check(noClasses()
                .that(resideInAnyPackage(ours(List.of("ml.core", "ml.io", "ml.columns"))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(ours(List.of("mixture", "linear", "gan", "vae", "nn")))));
    }

    @Test
    void everySubPackageOfMlHasARule() {
        check(classes()
                .that()
                .resideInAPackage(ROOT + ".ml..")
                .and()
                .doNotHaveSimpleName("package-info")
                .and()
                .resideOutsideOfPackage(ROOT + ".ml")
                .should()
                .resideInAnyPackage(ours(SUB_PACKAGES_OF_ML.keySet())));
    }

    @Test
    void valuesOfKeysDoNotKnowTheKeys() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".config.value")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".config"));
    }

    @Test
    void keysOfNetworksNeedNoSpark() {
        check(noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".app.config", ROOT + ".ml.network.keys", ROOT + ".ml.network.options")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.spark..")
                .because("a configuration is checked before Spark starts"));
    }

    /** The layers below {@code cluster} are a library that runs where there is no Spark. */
    @Test
    void theCoreNeedsOnlyItsOwnLibraries() {
        String[] core = ours(LAYERS.keySet().stream()
                .filter(name -> !List.of("cluster", "config", "report", "ml", "app", "metrics")
                        .contains(name))
                .toList());
        check(noClasses()
                .that(resideInAnyPackage(core))
                .should()
                .dependOnClassesThat(DescribedPredicate.not(resideInAnyPackage(core))
                        .and(DescribedPredicate.not(resideInAnyPackage(
                                "java..",
                                "jdk.incubator.vector..",
                                "org.ejml..",
                                "com.fasterxml.jackson..",
                                "org.apache.commons.math3..")))
                        .as("beside Java, EJML, Jackson and Commons Math")));
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void librariesStayWhereTheyBelong(String library) {
        check(noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(patterns(LIBRARIES.get(library)))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library));
    }

    /** Every package for itself, sub-packages too. */
    @Test
    void packagesHaveNoCycles() {
        check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    }

    private static void check(ArchRule rule) {
        rule.check(MAIN);
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

    private static String[] patterns(Collection<String> names) {
        return names.stream().map(name -> ROOT + "." + name).toArray(String[]::new);
    }

    private static List<String> join(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
