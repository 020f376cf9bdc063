import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.ClusteringSummary;
import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.clustering.GaussianMixtureSummary;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.stat.distribution.MultivariateGaussian;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Uses all that MLlib's Gaussian mixture offers in public; written for MLlib. */
public class MixtureProgram {
    private MixtureProgram() {}

    public static List<String> run(Dataset<Row> rows, String directory) throws Exception {
        GaussianMixture estimator =
                new GaussianMixture()
                        .setFeaturesCol("features")
                        .setPredictionCol("cluster")
                        .setProbabilityCol("membership")
                        .setWeightCol("weight")
                        .setK(3)
                        .setMaxIter(50)
                        .setTol(1e-4)
                        .setSeed(2L)
                        .setAggregationDepth(3);
        estimator.write().overwrite().save(directory + "/estimator");
        MLReader<GaussianMixture> reader = GaussianMixture.read();
        GaussianMixture loaded = reader.load(directory + "/estimator");
        IntParam iterations = loaded.maxIter();
        Param<String> weightCol = loaded.weightCol();
        ParamMap[] grid = new ParamGridBuilder().addGrid(iterations, new int[] {2, 3}).build();
        GaussianMixture copy = new GaussianMixture("copied").copy(grid[0]);
        StructType schema = loaded.transformSchema(rows.schema());

        GaussianMixtureModel model = GaussianMixture.load(directory + "/estimator").fit(rows);
        GaussianMixtureModel renamed =
                model.copy(new ParamMap()).setPredictionCol("c").setProbabilityCol("p");
        renamed.setFeaturesCol("features");
        double[] weights = model.weights();
        MultivariateGaussian[] gaussians = model.gaussians();
        Vector mean = gaussians[0].mean();
        Matrix covariance = gaussians[0].cov();
        int prediction = model.predict(mean);
        Vector probability = model.predictProbability(mean);
        Row gaussian = model.gaussiansDF().first();
        org.apache.spark.mllib.linalg.Vector sameMean = gaussian.getAs("mean");

        GaussianMixtureSummary summary = model.hasSummary() ? model.summary() : null;
        ClusteringSummary clustering = summary;
        long[] sizes = clustering.clusterSizes();
        Dataset<Row> predictions = summary.predictions();
        boolean finite = Double.isFinite(summary.logLikelihood()) && summary.numIter() > 0;

        model.write().overwrite().save(directory + "/model");
        GaussianMixtureModel again = GaussianMixtureModel.load(directory + "/model");
        PipelineModel pipeline =
                new Pipeline().setStages(new PipelineStage[] {estimator}).fit(rows);
        return List.of(
                new TreeSet<>(List.of(schema.fieldNames())).toString(),
                String.join(",", predictions.columns()),
                String.join(",", summary.cluster().columns()),
                String.join(",", summary.probability().columns()),
                String.join(",", renamed.transform(rows).columns()),
                String.join(",", pipeline.transform(rows).columns()),
                summary.predictionCol() + summary.probabilityCol() + summary.featuresCol(),
                "k " + copy.getMaxIter() + model.getK() + summary.k() + sizes.length + weights.length,
                "features " + model.numFeatures() + covariance.numRows() + mean.size(),
                "params " + loaded.getMaxIter() + loaded.getTol() + loaded.getSeed(),
                loaded.getAggregationDepth() + loaded.getWeightCol() + weightCol.name(),
                loaded.getFeaturesCol() + loaded.getPredictionCol() + loaded.getProbabilityCol(),
                "own " + (prediction == 0 && probability.argmax() == 0 && finite),
                "mean " + sameMean.asML().equals(mean),
                "loaded " + Arrays.equals(again.weights(), weights) + again.hasSummary(),
                "estimator " + model.parent().uid().equals(model.uid()));
    }
}
