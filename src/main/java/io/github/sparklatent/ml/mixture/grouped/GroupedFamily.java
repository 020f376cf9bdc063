package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.cluster.table.SavedType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.mixture.MissingShares;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import io.github.sparklatent.ml.mixture.MixtureOfRows;
import io.github.sparklatent.ml.mixture.mixed.MixtureModel;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.ejml.data.DMatrixRMaj;

/** The family of mixtures of groups. The model of all rows is saved beside them, in {@code all/}. */
final class GroupedFamily extends ModelFamily<GroupedMixtureModel, GroupedFamily.Content> {
    static final String ALL = "all";

    /** Name and type of a column of the groups; the type is JSON. */
    record Column(String name, String type) {
        static Column of(StructField field) {
            return new Column(field.name(), field.dataType().json());
        }

        StructField field() {
            return DataTypes.createStructField(name, SavedType.of(type), true);
        }
    }

    /** Parameters of a group's mixture that differ from those of the mixture of all rows. */
    record Own(
            double[] weights,
            DMatrixRMaj means,
            List<DMatrixRMaj> covariances,
            List<DMatrixRMaj> discrete,
            List<DMatrixRMaj> student,
            DMatrixRMaj missing) {
        static Own of(MixedMixture mixture) {
            MixtureParameters numbers = mixture.gaussian();
            return new Own(
                    mixture.weights(),
                    numbers == null ? null : numbers.means(),
                    numbers == null ? null : numbers.covariances(),
                    mixture.discrete(),
                    mixture.student(),
                    mixture.missing().shares());
        }

        MixedMixture in(MixedMixture all) {
            return new MixedMixture(
                    all.columns(),
                    weights,
                    all.gaussian() == null
                            ? null
                            : MixtureParameters.of(all.gaussian().type(), weights, means, covariances),
                    discrete,
                    student,
                    new MissingShares(missing, all.missing().mode()));
        }
    }

    /** A group; its figures are without the mixture, which is null if it has none of its own. */
    record Group(GroupModel figures, Own own) {
        static Group of(GroupModel group) {
            return new Group(group.withMixture(null), group.isOwn() ? Own.of(group.mixture()) : null);
        }

        GroupModel in(MixedMixture all) {
            return own == null ? figures : figures.withMixture(own.in(all));
        }
    }

    /** Content of a model besides the model of all rows. */
    record Content(List<Column> columns, List<Group> groups, List<SmallGroups.Totals> small) {
        static Content of(GroupFigures groups) {
            return new Content(
                    groups.columns().fields().stream().map(Column::of).toList(),
                    groups.groups().stream().map(Group::of).toList(),
                    groups.small().totals());
        }

        GroupFigures in(MixedMixture all) {
            return new GroupFigures(
                    new GroupColumns(columns.stream().map(Column::field).toList()),
                    groups.stream().map(group -> group.in(all)).toList(),
                    new SmallGroups(small));
        }
    }

    GroupedFamily() {
        super(GroupedModelType.GROUPED, GroupedMixtureModel.class, Content.class);
    }

    @Override
    public GroupedMixtureModel model(String uid, Content content) {
        throw new IllegalStateException("the models of groups need the model of all rows");
    }

    @Override
    public LatentEstimator<?, GroupedMixtureModel> estimator(String uid) {
        throw new IllegalStateException("GroupedMixture needs the Estimator of its mixtures");
    }

    @Override
    public GroupedMixtureModel read(ModelDirectory found) {
        ModelDirectory directory = found.only(model());
        Metadata metadata = directory.metadata();
        String path = new Path(directory.path(), ALL).toString();
        String type = new ModelDirectory(directory.spark(), path).metadata().className();
        LatentModel<?> all =
                type.equals(MixtureModel.class.getName()) ? MixtureModel.load(path) : GaussianMixtureModel.load(path);
        MixedMixture ofAll = ((MixtureOfRows) all).asMixed();
        return directory.orDamaged(() -> {
            GroupFigures figures = directory.content(Content.class).in(ofAll);
            return withColumns(
                    directory, directory.withParams(metadata, new GroupedMixtureModel(metadata.uid(), all, figures)));
        });
    }
}
