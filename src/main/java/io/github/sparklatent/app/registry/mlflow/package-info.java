/**
 * Layer 5: the REST interface of an MLflow server. {@code MlflowServer} sends the requests, {@code MlflowExperiment}
 * knows the runs and logged models of one name, {@code MlflowModel} the registered model, and {@code ModelFiles} the
 * files from which MLflow loads a model. Nothing here knows the registry.
 */
package io.github.sparklatent.app.registry.mlflow;
