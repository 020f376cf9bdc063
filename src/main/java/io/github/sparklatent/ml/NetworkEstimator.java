package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a network of any kind. Equal seeds give equal bits, whatever the cluster, for the same
 * number of partitions.
 *
 * @param <E> the class that extends this
 * @param <M> the class of its models
 */
public abstract class NetworkEstimator<E extends NetworkEstimator<E, M>, M extends NetworkModel<M>>
        extends Estimator<M> implements NetworkParams<E>, DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;
    private final Class<M> model;

    NetworkEstimator(String uid, Class<M> model) {
        this.uid = uid;
        this.model = model;
    }

    @Override
    public String uid() {
        return uid;
    }

    /**
     * How the networks are trained, stage by stage.
     *
     * @param options of the rounds, as the params have them
     * @return the stages of networks that are known once the rows' width is
     * @throws IllegalArgumentException for params that do not fit one another
     */
    abstract Function<Architecture, List<Stage>> stages(AveragingOptions options);

    /** The kind of network whose parameters the first stage starts from. */
    Kind startKind() {
        return NetworkType.of(model).kind();
    }

    /** A training that follows one objective from beginning to end. */
    static List<Stage> oneStage(StochasticObjective objective, AveragingOptions options) {
        return List.of(Stage.of("training", objective, options));
    }

    /**
     * Trains on the table.
     *
     * @throws io.github.sparklatent.learn.DataException where the rows cannot be used; the message
     *     says which and why
     * @throws io.github.sparklatent.learn.DivergedException where the loss leaves all bounds
     */
    @Override
    public M fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        NetworkFitting fitting =
                new NetworkFitting(this, startKind(), stages(ParamOptions.averaging(this)));
        NetworkFitting.Fitted fitted =
                fitting.fit(
                        dataset,
                        NetworkType.of(model).kind(),
                        network -> model(network, null).measures(0));
        return model(fitted.network(), fitted.fit()).setParent(this);
    }

    private M model(TrainedNetwork network, NetworkFit fit) {
        M trained = model.cast(NetworkType.of(model).maker().of(uid, network, fit));
        copyValues(trained, ParamMap.empty());
        trained.describeItself();
        return trained;
    }

    @Override
    public StructType transformSchema(StructType schema) {
        InputColumns.check(this, schema);
        return NetworkColumns.of(this)
                .append(schema, 0, getLatent(), ParamOptions.components(this));
    }

    @Override
    public E copy(ParamMap extra) {
        return defaultCopy(extra);
    }
}
