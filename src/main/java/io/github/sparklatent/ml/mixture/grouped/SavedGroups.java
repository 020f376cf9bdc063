package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelTable;
import io.github.sparklatent.ml.io.ModelWriter;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import io.github.sparklatent.ml.mixture.MixtureOfRows;
import io.github.sparklatent.ml.mixture.mixed.MixedTypeMixtureModel;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader.Metadata;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The saved form of the models of groups: Params as metadata, the model of all rows in {@code
 * all/}, names and types of the groups' columns in {@code columns/}, {@link GroupTable} and {@link
 * SmallGroups}.
 */
final class SavedGroups {
    private static final String ALL = "all";
    private static final String COLUMNS = "columns";
    private static final StructType OF_COLUMN =
            new StructType().add("name", DataTypes.StringType).add("type", DataTypes.StringType);

    private SavedGroups() {}

    static ModelWriter writer(GroupedMixtureModel model, LatentModel<?> all, GroupFigures groups) {
        return new ModelWriter(model)
                .with(ALL, all)
                .with(
                        COLUMNS,
                        session ->
                                session.createDataFrame(
                                        groups.columns().fields().stream()
                                                .map(
                                                        field ->
                                                                RowFactory.create(
                                                                        field.name(),
                                                                        field.dataType().json()))
                                                .toList(),
                                        OF_COLUMN))
                .with(GroupTable.NAME, session -> GroupTable.saved(session, groups.groups()))
                .with(SmallGroups.NAME, groups.small()::saved);
    }

    /**
     * Returns the model in a directory, or the one in a pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if there is none, or if it is damaged
     */
    static GroupedMixtureModel find(ModelDirectory given) {
        ModelDirectory directory = given.only(GroupedMixtureModel.class);
        Metadata metadata = directory.metadata();
        String path = new Path(directory.path(), ALL).toString();
        String type = new ModelDirectory(directory.spark(), path).metadata().className();
        LatentModel<?> all =
                type.equals(MixedTypeMixtureModel.class.getName())
                        ? MixedTypeMixtureModel.load(path)
                        : GaussianMixtureModel.load(path);
        List<StructField> fields =
                ModelTable.read(directory, COLUMNS, OF_COLUMN).stream()
                        .map(
                                row ->
                                        DataTypes.createStructField(
                                                row.getString(0),
                                                DataType.fromJson(row.getString(1)),
                                                true))
                        .toList();
        MixedMixture like = ((MixtureOfRows) all).asMixed();
        List<GroupModel> groups =
                ModelTable.read(directory, GroupTable.NAME, GroupTable.SCHEMA).stream()
                        .map(row -> GroupTable.group(row, like))
                        .toList();
        return directory.withParams(
                metadata,
                new GroupedMixtureModel(
                        metadata.uid(),
                        all,
                        new GroupFigures(
                                new GroupColumns(fields),
                                groups,
                                SmallGroups.of(
                                        ModelTable.read(
                                                directory,
                                                SmallGroups.NAME,
                                                SmallGroups.SCHEMA)))));
    }
}
