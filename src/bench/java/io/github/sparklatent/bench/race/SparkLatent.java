package io.github.sparklatent.bench.race;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A Gaussian mixture of this project, with the default options of a training. */
final class SparkLatent implements Contestant {
    private final MixtureCase problem;
    private final BlockTable table;
    private final MixtureParameters start;
    private String remark = "";

    SparkLatent(MixtureCase problem, Dataset<Row> rows, TableOptions placement) {
        this.problem = problem;
        this.table = BlockTable.of(rows, placement);
        this.start = problem.start();
    }

    @Override
    public double tolerance() {
        return Race.ROUNDING;
    }

    @Override
    public Fit fit(int rounds) {
        MixtureOptions options = problem.options(rounds);
        long began = System.nanoTime();
        MixtureFit fit = new MixtureTrainer(table.train(), null, options, start, SearchListener.none())
                .fit()
                .best();
        double seconds = (System.nanoTime() - began) / 1e9;
        remark = RoundSeconds.remark(fit.history(), Round::broadcast, Round::compute, Round::reduce, Round::update);
        // scikit-learn reports the likelihood of the model before the last update
        double likelihood = fit.history().get(rounds - 1).objective();
        return new Fit(seconds, fit.metrics().rounds(), likelihood);
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
