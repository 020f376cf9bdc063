package io.github.sparklatent.ml.mixture.mixed;

import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.QuantileKnots;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.HistogramBins;
import io.github.sparklatent.mixture.MissingShares;
import io.github.sparklatent.mixture.Missingness;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.ml.core.DeclaredParams;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.SavedTables;
import io.github.sparklatent.ml.mixture.MixtureBefore;
import io.github.sparklatent.scoring.SavedContent;
import io.github.sparklatent.scoring.TableMixture;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** The family of mixtures of columns of several types. */
final class MixedFamily extends ModelFamily<MixtureModel, SavedContent.Mixed> {

    MixedFamily() {
        super(MixedModelType.MIXTURE, MixtureModel.class, SavedContent.Mixed.class);
    }

    @Override
    public MixtureModel model(String uid, SavedContent.Mixed content) {
        return content == null
                ? new MixtureModel(uid, null, null)
                : new MixtureModel(uid, content.table(), content.fit());
    }

    @Override
    public Mixture estimator(String uid) {
        return new Mixture(uid);
    }

    /** A column in the table of the release before; the last three are empty without bins. */
    private record Column(
            int column,
            String name,
            String family,
            List<String> levels,
            int values,
            double[] knots,
            double[] masses,
            int[] starts) {
        CellFamily cells() {
            return CellFamily.of(family)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "column \"%s\" has the family %s, which does not exist".formatted(name, family)));
        }

        MixedColumns.Column declared() {
            return new MixedColumns.Column(
                    cells(),
                    values,
                    cells() == CellFamily.HISTOGRAM
                            ? new HistogramBins(new QuantileKnots(knots, masses), starts)
                            : null);
        }

        Feature feature() {
            return new Feature(name, TableMixture.kind(cells()), levels);
        }
    }

    /** A component in the table of the release before. */
    private record Component(
            int component,
            double weight,
            double[] mean,
            double[] covariance,
            double[][] parameters,
            double[] missing) {}

    @Override
    protected SavedContent.Mixed before(ModelDirectory directory, MixtureModel params) {
        List<Column> columns =
                MixtureBefore.inOrder(SavedTables.rows(directory, "columns", Column.class), Column::column);
        List<Component> components =
                MixtureBefore.inOrder(SavedTables.rows(directory, "data", Component.class), Component::component);
        Require.size("components", components.size(), DeclaredParams.single(params.getK()));
        MixedColumns all =
                new MixedColumns(columns.stream().map(Column::declared).toList());
        MixtureParameters numbers = all.gaussian().length == 0
                ? null
                : MixtureBefore.mixture(
                        CovarianceType.of(params.getCovariance()),
                        components.stream()
                                .map(one -> new MixtureBefore.Component(one.weight, one.mean, one.covariance))
                                .toList());
        Missingness mode = Missingness.valueOf(params.getMissing().toUpperCase(Locale.ROOT));
        MixedMixture mixture = new MixedMixture(
                all,
                components.stream().mapToDouble(Component::weight).toArray(),
                numbers,
                others(all, components, all.discrete()),
                others(all, components, all.student()),
                new MissingShares(
                        matrix(components.stream().map(Component::missing).toList()), mode));
        return new SavedContent.Mixed(
                new TableMixture(mixture, columns.stream().map(Column::feature).toList()),
                MixtureBefore.fit(directory).orElse(null));
    }

    /** Returns the parameters of some columns, a matrix for each. */
    private static List<DMatrixRMaj> others(MixedColumns columns, List<Component> components, int[] some) {
        int[] all = IntStream.range(0, columns.size())
                .filter(j -> columns.get(j).family() != CellFamily.GAUSSIAN)
                .toArray();
        for (Component one : components) {
            Require.size("columns with parameters", one.parameters.length, all.length);
        }
        return Arrays.stream(some)
                .mapToObj(column -> matrix(components.stream()
                        .map(one -> one.parameters[Arrays.binarySearch(all, column)])
                        .toList()))
                .toList();
    }

    private static DMatrixRMaj matrix(List<double[]> lines) {
        for (double[] line : lines) {
            Require.size("numbers of a component", line.length, lines.get(0).length);
        }
        return new DMatrixRMaj(lines.toArray(double[][]::new));
    }
}
