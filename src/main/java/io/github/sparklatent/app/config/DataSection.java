package io.github.sparklatent.app.config;

import io.github.sparklatent.cluster.Placement;
import io.github.sparklatent.cluster.Scale;
import java.util.List;
import java.util.Optional;

/**
 * The rows: where they are, which columns mean what, and what is done to them before training.
 *
 * @param paths one or more; empty where the job reads no rows
 * @param features names or globs; empty: every numeric column but label, weight and id
 * @param header csv: whether the first line names the columns
 * @param separator csv: what stands between two values
 */
public record DataSection(
        List<String> paths,
        DataFormat format,
        List<String> features,
        Optional<String> label,
        Optional<String> weight,
        Optional<String> id,
        Placement placement,
        boolean header,
        String separator,
        Scale scale,
        InvalidRows invalid,
        HoldoutSection holdout) {

    public DataSection {
        paths = List.copyOf(paths);
        features = List.copyOf(features);
        CommonKeys.LABEL.require(label);
        CommonKeys.WEIGHT.require(weight);
        CommonKeys.ID.require(id);
        CommonKeys.SEPARATOR.require(separator);
    }

    static DataSection of(Settings settings) {
        return new DataSection(
                settings.find(CommonKeys.DATA_PATH).orElse(List.of()),
                settings.get(CommonKeys.DATA_FORMAT),
                settings.find(CommonKeys.FEATURES).orElse(List.of()),
                settings.find(CommonKeys.LABEL),
                settings.find(CommonKeys.WEIGHT),
                settings.find(CommonKeys.ID),
                settings.get(CommonKeys.PLACEMENT),
                settings.get(CommonKeys.HEADER),
                settings.get(CommonKeys.SEPARATOR),
                settings.get(CommonKeys.SCALE),
                settings.get(CommonKeys.INVALID),
                HoldoutSection.of(settings));
    }
}
