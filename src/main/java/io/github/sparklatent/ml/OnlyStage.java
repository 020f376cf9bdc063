package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.learn.StochasticObjective;

/** The stage of a training that has one: it follows its objective from where it starts. */
record OnlyStage(StochasticObjective objective, AveragingOptions options) implements Stage {
    @Override
    public String name() {
        return "training";
    }

    @Override
    public Begun begin(float[] before, Shards train) {
        return new Begun(objective, before, options);
    }
}
