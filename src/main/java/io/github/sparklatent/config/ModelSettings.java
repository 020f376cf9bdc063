package io.github.sparklatent.config;

/** What a configuration says of the model itself; one record for each {@link ModelType}. */
public sealed interface ModelSettings permits MixtureSettings, NetworkSettings {

    ModelType type();
}
