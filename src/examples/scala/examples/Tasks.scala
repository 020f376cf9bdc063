package examples

import io.github.sparklatent.ml.evaluation.MixtureEvaluator
import io.github.sparklatent.ml.linear.ProbabilisticPca
import io.github.sparklatent.ml.mixture.Mixture
import org.apache.spark.ml.tuning.{CrossValidator, ParamGridBuilder}
import org.apache.spark.sql.SparkSession
import org.apache.spark.sql.functions.col

/** Five tasks on people of a census: anomalies, groups, missing cells, synthetic rows and codes. */
object Tasks {
  def main(args: Array[String]): Unit = {
    val spark = SparkSession.builder().master("local[*]").getOrCreate()
    val people = spark.read
      .options(Map("header" -> "true", "inferSchema" -> "true", "nullValue" -> "?"))
      .csv("conf/data/adult.csv.gz")

    val detector = new Mixture().setK(8).setInputCols("*").setNumbers("student-t").setContributionsCol("contributions")
    val judged = detector.fit(people).transform(people)
    judged.where("isAnomaly").orderBy(col("severity").desc).select("severity", "contributions.column").show(5, false)

    val mixture = new Mixture().setInputCols("*").setLogDensityCol("logDensity")
    val grid = new ParamGridBuilder().addGrid(mixture.k, Seq(Array("2"), Array("4"), Array("8"))).build()
    val validator = new CrossValidator().setEstimator(mixture).setEstimatorParamMaps(grid).setNumFolds(2)
    validator.setEvaluator(new MixtureEvaluator()).fit(people).transform(people).groupBy("prediction").count().show()

    val imputer = new Mixture().setK(8).setInputCols("*").setImputedCol("imputed").setImputations(5)
    val completed = imputer.fit(people).transform(people.where("occupation is null"))
    completed.select("age", "education", "imputation", "imputed.occupation").show(5)

    val trees = new Mixture().setK(1).setInputCols("*").setWithin("trees").fit(people)
    trees.set(trees.view, """{"view": "sample", "rows": 1000, "given": {"age": 40}}""")
    trees.transform(people).drop("component").show(5)

    val pca = new ProbabilisticPca().setInputCols("age", "education_num", "hours_per_week").setLatent(2)
    pca.setLatentCol("code").fit(people).transform(people).select("age", "code").show(5)
    spark.stop()
  }
}
