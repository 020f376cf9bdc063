package io.github.sparklatent.bench;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.TableOptions;
import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.gmm.MixtureFit;
import io.github.sparklatent.gmm.MixtureOptions;
import io.github.sparklatent.gmm.MixtureTrainer;
import io.github.sparklatent.gmm.TrainerListener;
import io.github.sparklatent.learn.Round;
import io.github.sparklatent.learn.StoppingRule;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** This project, with the options that a training job has by default. */
final class SparkLatent implements Contestant {
    static final String SYSTEM = "spark-latent";

    private final BlockTable table;
    private final MixtureOptions options;
    private final Mixture start;
    private String remark = "";

    SparkLatent(SparkSession spark, MixtureCase problem, MixtureData data) {
        this(spark, problem, data, TableOptions.DEFAULT);
    }

    SparkLatent(SparkSession spark, MixtureCase problem, MixtureData data, TableOptions placement) {
        this.table = BlockTable.of(data.table(spark), placement);
        this.options =
                MixtureOptions.DEFAULT
                        .withComponents(List.of(problem.components()))
                        .withCovariance(problem.covariance());
        this.start = new MixtureTruth(problem).start();
    }

    @Override
    public String system() {
        return SYSTEM;
    }

    @Override
    public double tolerance() {
        return Race.ROUNDING;
    }

    @Override
    public Fit fit(int passes) {
        MixtureOptions stopping = options.withStopping(new StoppingRule(passes, 0));
        long began = System.nanoTime();
        MixtureFit fit =
                new MixtureTrainer(table.train(), null, stopping, start, TrainerListener.NONE)
                        .fit()
                        .best();
        double seconds = (System.nanoTime() - began) / 1e9;
        remark =
                RoundShares.of(
                                fit.history(),
                                Round::broadcast,
                                Round::compute,
                                Round::reduce,
                                Round::update)
                        .remark();
        // The likelihood of the model before the last update: what scikit-learn reports.
        double likelihood = fit.history().get(passes - 1).objective();
        return new Fit(seconds, fit.figures().rounds(), likelihood);
    }

    @Override
    public String remark() {
        return remark;
    }

    @Override
    public void close() {
        table.close();
    }
}
