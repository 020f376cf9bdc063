<@pp.dropOutputFile/>
<#list families as f>
<#assign network = f.package == "network", name = f.name, base = network?string("Network", "Linear")>
<#assign family = network?string("NetworkFamily<${name}Model>", "ModelFamily<${name}Model, SavedContent.Linear>")>
<@pp.changeOutputFile name="/io/github/sparklatent/ml/${f.package}/${name}.java"/>
package io.github.sparklatent.ml.${f.package};

import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.params.${name}Setters;
<#if network>
import io.github.sparklatent.ml.network.keys.NetworkModelTypes;
import io.github.sparklatent.vae.model.Kind;
<#else>
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.scoring.SavedContent;
</#if>
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;

/**
 * ${f.trains} Equal seeds and equal numbers of
 * partitions give identical models on any cluster.
 */
public final class ${name} extends ${base}Estimator<${name}, ${name}Model> implements ${name}Setters<${name}> {
    /** The family of the models. */
<#if network>
    public static final ${family} FAMILY = new NetworkFamily<>(
            NetworkModelTypes.${f.type}, Kind.${f.of}, ${name}Model.class, ${name}::new, ${name}Model::new);
<#else>
    public static final ${family} FAMILY = new ModelFamily<>(
            LinearModelType.${f.type}, ${name}Model.class, SavedContent.Linear.class, ${name}Model::new, ${name}::new);
</#if>

    /** Creates an Estimator with a random uid. */
    public ${name}() {
        this(Identifiable$.MODULE$.randomUID("${name}"));
    }

    /** Creates an Estimator with a uid. */
    public ${name}(String uid) {
        super(uid);
    }

    @Override
    public ${family} family() {
        return FAMILY;
    }

    /** Returns a reader of saved Estimators. */
    public static MLReader<${name}> read() {
        return ModelDirectory.reader(${name}.class, (directory, uid) -> new ${name}(uid));
    }

    /** Loads a saved Estimator. */
    public static ${name} load(String path) {
        return read().load(path);
    }
}
<@pp.changeOutputFile name="/io/github/sparklatent/ml/${f.package}/${name}Model.java"/>
package io.github.sparklatent.ml.${f.package};

import io.github.sparklatent.ml.params.${name}Params;
<#if network>
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.vae.TrainedNetwork;
<#else>
import io.github.sparklatent.ml.core.ModelFamily;
import io.github.sparklatent.scoring.SavedContent;
</#if>
import org.apache.spark.ml.util.MLReader;

/**
 * ${f.gives}
 */
public final class ${name}Model extends ${base}Model<${name}Model> implements ${name}Params<${name}Model> {
    /** Creates a model without parameters. Spark Connect does so to get the name of the class. */
    public ${name}Model() {
        this("", null<#if network>, null</#if>);
    }

<#if network>
    /**
     * Creates the model of a network.
     *
     * @param fit record of the training; null if it is not known
     */
    public ${name}Model(String uid, TrainedNetwork network, NetworkFit fit) {
        super(uid, network, fit);
    }
<#else>
    ${name}Model(String uid, SavedContent.Linear content) {
        super(uid, content);
    }
</#if>

    @Override
    public ${family} family() {
        return ${name}.FAMILY;
    }

    /** Returns a reader of saved models. */
    public static MLReader<${name}Model> read() {
        return ${name}.FAMILY.reader();
    }

    /**
     * Loads a saved model, or the model in a saved pipeline.
     *
     * @throws io.github.sparklatent.learn.DataException if it does not exist or is damaged
     */
    public static ${name}Model load(String path) {
        return read().load(path);
    }
}
</#list>
