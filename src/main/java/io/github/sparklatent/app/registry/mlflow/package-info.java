/**
 * Layer 5: the REST interface of an MLflow server. {@code MlflowServer} sends the requests, and {@code MlflowModel}
 * knows the experiment and the registered model of one name. Nothing here knows the registry.
 */
package io.github.sparklatent.app.registry.mlflow;
