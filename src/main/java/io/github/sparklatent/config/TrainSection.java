package io.github.sparklatent.config;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.util.Optional;

/** The training settings that all model types have. */
public record TrainSection(
        @Setting(key = "train.seed", meaning = "seed of every random stream of the training")
        long seed,

        @Setting(
                key = "train.partitions",
                meaning = "number of partitions that rows are placed in",
                range = ">= 1",
                absent = "determined by the size of the data",
                param = "numPartitions")
        Optional<Integer> partitions,

        @Setting(
                key = "train.where",
                meaning = "condition of Spark SQL on the table, \"active and age >= 18\": no other row is used",
                absent = "all rows",
                param = "-")
        Optional<String> where,

        @Setting(
                key = "train.sampleRows",
                meaning =
                        "most rows of a fit, chosen by their hash, and the same share of held-out rows; not of groups",
                range = ">= 1",
                absent = "all rows")
        Optional<Integer> sampleRows,

        @Setting(
                key = "train.maxSeconds",
                meaning = "seconds after which training ends with the best model so far; 0:" + " no limit",
                range = ">= 0",
                param = "-")
        double maxSeconds,

        @Setting(
                key = "train.initialModel",
                meaning = "saved model to start from",
                absent = "the type's own initialisation",
                noun = "a path",
                offered = true)
        Optional<String> initialModel,

        @Setting(
                key = "train.checkpoint.every",
                meaning = "rounds from one checkpoint to the next; 0: never",
                range = ">= 0",
                param = "-")
        int checkpointEvery) {
    /** The default settings. */
    public static final TrainSection DEFAULT =
            new TrainSection(1, Optional.empty(), Optional.empty(), Optional.empty(), 0, Optional.empty(), 5);

    public TrainSection {
        Rules.of(TrainSection.class)
                .range("sampleRows", sampleRows.orElse(1))
                .range("maxSeconds", maxSeconds)
                .range("checkpointEvery", checkpointEvery)
                .check();
    }
}
