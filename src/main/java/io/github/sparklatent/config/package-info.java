/**
 * Layer 3: the settings of jobs and Estimators. {@code OptionsRecord} reads the keys that the components of options
 * records and sections declare, see {@link io.github.sparklatent.settings.Setting}; a
 * {@link io.github.sparklatent.config.ModelType} lists the records of a type of model. The configuration file, the
 * Spark Params, {@code conf/reference.conf} and the reference page are derived from these declarations.
 *
 * <p>Read {@code OptionsRecord} first, then {@link io.github.sparklatent.config.Settings}, the values of all keys with
 * the place where each was written. {@code SettingsReader} compares a file with the keys of its type;
 * {@link io.github.sparklatent.config.ParamsGenerator} writes the Params at build time;
 * {@link io.github.sparklatent.config.ParamValues} converts between the two forms of a value. The types of value are in
 * {@code config.value}. No Spark session is needed here. May import: {@code settings}, {@code cluster} and HOCON.
 */
package io.github.sparklatent.config;
