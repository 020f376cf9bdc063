package io.github.sparklatent.app.config;

import java.util.ArrayList;
import java.util.List;

/** What a job cannot do without, and what it must not write over. */
final class Requirements {
    private Requirements() {}

    static List<Problem> unmet(Job job, Settings settings) {
        List<Problem> problems = new ArrayList<>();
        if (job.readsData() && settings.isMissing(CommonKeys.DATA_PATH)) {
            problems.add(
                    settings.problem(
                            CommonKeys.DATA_PATH, "is missing: " + job + " reads its rows there"));
        }
        if (job.writes() && settings.isMissing(CommonKeys.OUTPUT_PATH)) {
            problems.add(
                    settings.problem(
                            CommonKeys.OUTPUT_PATH,
                            "is missing: " + job + " writes its result there"));
        }
        if (!job.writes()
                && settings.isMissing(CommonKeys.OUTPUT_PATH)
                && settings.isMissing(CommonKeys.MODEL_PATH)) {
            problems.add(
                    settings.problem(
                            CommonKeys.MODEL_PATH,
                            "is missing: " + job + " reads the model there, or at output.path"));
        }
        settings.find(CommonKeys.OUTPUT_PATH)
                .ifPresent(output -> writtenOver(job, settings, output, problems));
        return problems;
    }

    private static void writtenOver(
            Job job, Settings settings, String output, List<Problem> problems) {
        List<Key<?>> read = new ArrayList<>();
        if (job.readsData()
                && anySame(settings.find(CommonKeys.DATA_PATH).orElse(List.of()), output)) {
            read.add(CommonKeys.DATA_PATH);
        }
        if (job.readsData()
                && anySame(settings.find(CommonKeys.LABELS).orElse(List.of()), output)) {
            read.add(CommonKeys.LABELS);
        }
        if (job == Job.TRAIN
                && anySame(settings.find(CommonKeys.HOLDOUT_PATH).orElse(List.of()), output)) {
            read.add(CommonKeys.HOLDOUT_PATH);
        }
        if (job == Job.TRAIN
                && anySame(settings.find(CommonKeys.CHECKPOINT_PATH).stream().toList(), output)) {
            read.add(CommonKeys.CHECKPOINT_PATH);
        }
        if ((job == Job.TRAIN || job == Job.EVALUATE)
                && anySame(settings.find(EvaluateKeys.FEATURE_MODEL).stream().toList(), output)) {
            read.add(EvaluateKeys.FEATURE_MODEL);
        }
        if (job.readsModel()
                && job.writes()
                && anySame(settings.find(CommonKeys.MODEL_PATH).stream().toList(), output)) {
            read.add(CommonKeys.MODEL_PATH);
        }
        read.forEach(
                key ->
                        problems.add(
                                settings.problem(
                                        CommonKeys.OUTPUT_PATH,
                                        "is "
                                                + Found.quote(output)
                                                + ", the same as "
                                                + key
                                                + ": must be another")));
    }

    private static boolean anySame(List<String> paths, String output) {
        return paths.stream().anyMatch(path -> Sibling.same(path, output));
    }
}
