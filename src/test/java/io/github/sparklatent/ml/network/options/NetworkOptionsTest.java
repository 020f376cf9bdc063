package io.github.sparklatent.ml.network.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.cluster.table.FeatureColumns.Source;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.network.NetworkEstimator;
import io.github.sparklatent.ml.network.keys.LikelihoodSetting;
import io.github.sparklatent.ml.network.keys.NetworkShape;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.ColumnFamily;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.IndependentColumns;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.nn.likelihood.Poisson;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a configuration says of a network reaches the options of the core. */
class NetworkOptionsTest {
    private static JobConfiguration configuration(String... settings) {
        List<String> all = new ArrayList<>(List.of("data.path=in", "output.path=out", "model.type=vae"));
        all.addAll(Arrays.asList(settings));
        return JobConfiguration.load(
                JobConfiguration.typed(null, null, all, ConfigFactory.empty()), "test", Job.TRAIN, Families.types());
    }

    private static NetworkOptions options(String... settings) {
        JobConfiguration configuration = configuration(settings);
        var estimator = (NetworkEstimator<?, ?>) Families.estimator(configuration.type(), "network");
        return new NetworkOptions(estimator.family().kind(), configuration.settings());
    }

    private static LikelihoodColumns columns(List<String> names, String likelihood) {
        return new LikelihoodColumns(
                configuration("model.likelihood=" + likelihood)
                        .settings()
                        .bind(NetworkShape.DEFAULT)
                        .likelihood(),
                names.stream()
                        .map(name -> new Source(name, List.of(Feature.number(name)), false))
                        .toList(),
                List.of(),
                false,
                true);
    }

    /** Each type of column has its distribution; a generator learns no variance. */
    @Test
    void theLikelihoodIsChosenByTheColumns() {
        Feature.Kind level = Feature.Kind.CATEGORY;
        List<String> indicator = List.of("no", "yes");
        List<Source> table = List.of(
                new Source("age", List.of(Feature.number("age")), false),
                new Source(
                        "town",
                        List.of(new Feature("town=Rome", level, indicator), new Feature("town=Oslo", level, indicator)),
                        false),
                new Source("visits", List.of(new Feature("visits", Feature.Kind.COUNT, List.of())), false),
                new Source("member", List.of(new Feature("yes", level, indicator)), false),
                new Source("day", List.of(Feature.number("day"), Feature.number("day, sine")), false),
                new Source("codes", List.of(Feature.number("codes[0]"), Feature.number("codes[1]")), true),
                new Source("calls", List.of(new Feature("calls", Feature.Kind.COUNT, List.of())), false));
        List<LikelihoodSetting> auto =
                configuration().settings().bind(NetworkShape.DEFAULT).likelihood();
        Composite chosen = (Composite) new LikelihoodColumns(auto, table, List.of(), false, true).likelihood();
        assertThat(chosen.groups())
                .containsExactly(
                        Composite.Group.from(0, Gaussian.learnt(1)),
                        Composite.Group.from(1, new Categorical(2, true)),
                        Composite.Group.from(4, new Categorical(1, true)),
                        Composite.Group.from(5, Gaussian.learnt(1)),
                        Composite.Group.from(6, Gaussian.learnt(1)),
                        new Composite.Group(List.of(3, 9), new IndependentColumns(ColumnFamily.NEGATIVE_BINOMIAL, 2)),
                        Composite.Group.from(7, Gaussian.fixed(2, 1)));
        assertThat(chosen.toString()).startsWith("3 × " + Gaussian.learnt(1) + " of 1 column, ");
        Composite generator = (Composite) new LikelihoodColumns(auto, table, List.of(), false, false).likelihood();
        assertThat(generator.groups().get(0)).isEqualTo(Composite.Group.from(0, Gaussian.fixed(1, 1)));
        List<Source> numbers = table.subList(4, 6);
        assertThat(new LikelihoodColumns(auto, numbers, List.of(), false, true).likelihood())
                .isEqualTo(Gaussian.fixed(4, 1));

        LikelihoodColumns columns = new LikelihoodColumns(auto, table, List.of(), false, true);
        Likelihood own = Gaussian.fixed(10, 1);
        assertThat(columns.likelihood(Optional.of(own))).isEqualTo(own);
        assertThat(columns.likelihood(Optional.of(Gaussian.fixed(9, 1)))).isEqualTo(chosen);
        double[] two = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
        assertThat(columns.adapt(Scaling.standard(two, two)).shift()).containsExactly(2, 0, 0, 0, 0, 2, 2, 2, 2, 0);
        assertThatThrownBy(() -> columns.adapt(Scaling.of(Scale.UNIT, new double[0], new double[0])))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("data.scale is unit, but the columns are of different kinds");
        List<LikelihoodSetting> byHand = configuration("model.likelihood=[{ columns = [town, \"town=*\"], likelihood ="
                        + " categorical }, { columns = [age, day], likelihood ="
                        + " student-t }, { columns = [visits, calls, member, codes,"
                        + " \"day, *\"], likelihood = gaussian }]")
                .settings()
                .bind(NetworkShape.DEFAULT)
                .likelihood();
        assertThat(new LikelihoodColumns(byHand, table, List.of(), false, true).likelihood())
                .isEqualTo(new Composite(List.of(
                        Composite.Group.from(1, new Categorical(2, true)),
                        new Composite.Group(List.of(0, 5), new IndependentColumns(ColumnFamily.STUDENT_T, 2)),
                        new Composite.Group(List.of(3, 4, 6, 7, 8, 9), Gaussian.fixed(6, 1)))));
        assertThat(new LikelihoodColumns(byHand, table, List.of(), false, true).likelihood(Optional.of(own)))
                .isInstanceOf(Composite.class);
    }

    @Test
    void theNetworksAreThoseThatAreAskedFor() {
        NetworkOptions options = options(
                "model.latent=3",
                "model.encoder=[{ conv = 2, kernel = 2 }, 5]",
                "model.image=[1, 2, 3]",
                "model.activation=leaky-relu");
        Architecture found = options.architecture(6, new Bernoulli(6), Optional.empty());
        assertThat(options.firstKind()).isEqualTo(Kind.VARIATIONAL);
        assertThat(found.components()).isZero();
        assertThat(found.auxiliary()).isEmpty();
        assertThat(found.image()).isEqualTo(new ImageShape(1, 2, 3));
        assertThat(found.latent()).isEqualTo(3);
        assertThat(found.activation()).isEqualTo(Activation.LEAKY_RELU);
        assertThat(found.encoder()).containsExactly(new LayerSpec.Kernel(2, 2, 1, 0), new LayerSpec.Width(5));
        assertThat(found.decoder())
                .as("mirrored")
                .containsExactly(new LayerSpec.Width(5), new LayerSpec.Kernel(2, 2, 1, 0));
        assertThatThrownBy(() -> options("data.format=idx", "model.encoder=[{ conv = 2, kernel = 9 }]")
                        .architecture(6, new Bernoulli(6), Optional.of(List.of(1, 2, 3))))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("the layers of model do not fit together: ");
    }

    @Test
    void aDiscriminatorThatNoStageAsksIsNotBuilt() {
        assertThat(auxiliary("model.type=mog-vae")).isEmpty();
        assertThat(auxiliary(
                        "model.type=mog-vae",
                        "model.discriminator=[64, 32]",
                        "train.stages=[{ name = decoder, adversarialWeight = 0.5 }]"))
                .containsExactly(new LayerSpec.Width(64), new LayerSpec.Width(32));
        assertThat(auxiliary("model.type=cluster-vae", "model.classifier=[9, 9]"))
                .containsExactly(new LayerSpec.Width(9), new LayerSpec.Width(9));
        assertThat(auxiliary("model.type=gan", "model.discriminator=9")).containsExactly(new LayerSpec.Width(9));
    }

    private static List<LayerSpec> auxiliary(String... settings) {
        return options(settings)
                .architecture(6, Gaussian.fixed(6, 1), Optional.empty())
                .auxiliary();
    }

    @Test
    void groupsTakeColumnsByNameGlobAndPlace() {
        List<String> names = List.of("a", "n", "v[0]", "v[1]", "b");
        LikelihoodColumns columns = columns(
                names,
                "[{ columns = [a, b], likelihood = gaussian }, { columns = n, likelihood ="
                        + " poisson }, { columns = \"V*\", likelihood = categorical }]");
        assertThat(columns.likelihood())
                .isEqualTo(new Composite(List.of(
                        new Composite.Group(List.of(0, 4), Gaussian.fixed(2, 1)),
                        new Composite.Group(List.of(1), new Poisson(1)),
                        new Composite.Group(List.of(2, 3), new Categorical(2, false)))));
        double[] ones = {1, 1, 1, 1, 1};
        double[] twos = {2, 2, 2, 2, 2};
        Scaling adapted = columns.adapt(Scaling.of(Scale.STANDARD, ones, twos));
        assertThat(adapted.shift()).containsExactly(1, 0, 0, 0, 1);
        assertThat(adapted.factor()).containsExactly(2, 1, 1, 1, 2);
        assertThat(LikelihoodColumns.check(Kind.VARIATIONAL, columns.likelihood(), names)
                        .flaw(new double[] {0, -1, 0, 1, 0}))
                .startsWith("column \"n\" is -1.0, poisson expects");
    }

    @Test
    void aPlainNameTakesAllOfItsArray() {
        LikelihoodColumns columns = columns(
                List.of("v[0]", "v[1]", "w"),
                "[{ columns = v, likelihood = bernoulli }, { columns = w, likelihood =" + " gaussian }]");
        assertThat(((Composite) columns.likelihood()).groups().get(0).columns()).containsExactly(0, 1);
    }
}
