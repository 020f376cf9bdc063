/**
 * Layer 4: the spark.ml API: Estimators, Models, Params and persistence of all model families.
 *
 * <p>{@link io.github.sparklatent.ml.Families} is the list of the families. {@code Families.ALL} is their one
 * registration, and {@code ml} itself is the only package that names all of them. Read {@code Families} first, then the
 * contract in {@code core}.
 *
 * <ul>
 *   <li>{@code core}: the contract of a model family: {@code ModelFamily}, {@code LatentEstimator},
 *       {@code LatentModel}, {@code LatentParams}, {@code Training}, {@code Trained}, {@code SavedModel};
 *   <li>{@code mixture}, {@code ppca}, {@code network}: the families;
 *   <li>{@code columns}: the features column of a table;
 *   <li>{@code evaluation}: Evaluators and measures of scored tables;
 *   <li>{@code io}: the files of saved models;
 *   <li>{@code params}: the Params of each family. The build generates them from the keys.
 * </ul>
 *
 * <p>A family does its training in {@code core.Training}, which the command and the Estimator share. Models are saved
 * as metadata (JSON) and Parquet. May import: {@code config}, {@code report}, {@code cluster}, the models and below,
 * spark.ml.
 */
package io.github.sparklatent.ml;
