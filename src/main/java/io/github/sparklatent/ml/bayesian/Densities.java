package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.inference.BayesianModel;
import io.github.sparklatent.inference.ModelSettings;
import io.github.sparklatent.inference.RowSampler;
import io.github.sparklatent.inference.models.BayesianMixture;
import io.github.sparklatent.inference.models.LogisticNormalFactors;
import io.github.sparklatent.learn.UserCodeException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Creates densities by their names. A name is that of a density of this library or of a class that implements
 * {@link BayesianModel}. The code of another class is never run.
 */
final class Densities {
    static final String MIXTURE = "bayesian-mixture";

    static final String FACTORS = "logistic-normal-factors";

    /** The names of the densities of this library. */
    static final List<String> SHIPPED = List.of(MIXTURE, FACTORS);

    private static final Map<String, Class<? extends BayesianModel>> CLASSES =
            Map.of(MIXTURE, BayesianMixture.class, FACTORS, LogisticNormalFactors.class);

    private Densities() {}

    /** Returns the names of the densities of this library that draw rows. */
    static String samplers() {
        return String.join(
                ", ",
                SHIPPED.stream()
                        .filter(name -> RowSampler.class.isAssignableFrom(CLASSES.get(name)))
                        .toList());
    }

    /** Returns what is wrong with a name, as the rest of a sentence about it; empty if nothing is. */
    static Optional<String> flaw(String name) {
        try {
            constructor(name);
            return Optional.empty();
        } catch (UsageException e) {
            return Optional.of(e.getMessage());
        }
    }

    /**
     * Creates a density.
     *
     * @param columns names of the columns
     * @throws UsageException if there is no such class, if it is not a density, or if its constructor throws an
     *     exception
     */
    static BayesianModel create(String name, List<String> columns, ModelSettings settings) {
        BayesianModel model = instance(name, columns, settings);
        // Both answers must stay the same, so asking once shows whether the class can be used.
        if (UserCodeException.calling(model, "parameters", model::parameters) == null) {
            throw new UsageException(
                    "the density %s has no parameters: its method parameters returns null".formatted(name));
        }
        UserCodeException.calling(model, "hasGradients", model::hasGradients);
        return model;
    }

    /**
     * Creates a density for a training.
     *
     * @throws UsageException as by {@link #create}, or if the density cannot be trained on so many columns
     */
    static BayesianModel createToTrain(String name, List<String> columns, ModelSettings settings) {
        BayesianModel model = create(name, columns, settings);
        if (model instanceof LogisticNormalFactors factors) {
            try {
                factors.requireTrainable();
            } catch (IllegalArgumentException e) {
                throw new UsageException("the density %s cannot be trained: %s".formatted(name, e.getMessage()), e);
            }
        }
        return model;
    }

    private static BayesianModel instance(String name, List<String> columns, ModelSettings settings) {
        try {
            Constructor<? extends BayesianModel> constructor = constructor(name);
            if (constructor.getParameterCount() > 0) {
                return constructor.newInstance(columns, settings);
            }
            if (!settings.values().isEmpty()) {
                throw new UsageException(
                        "cannot be created: its constructor takes no settings, remove" + " model.settings");
            }
            return constructor.newInstance();
        } catch (UsageException e) {
            throw new UsageException("the density " + name + " " + e.getMessage(), e);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            throw new UsageException(
                    "the density %s cannot be created: %s"
                            .formatted(
                                    name,
                                    cause instanceof IllegalArgumentException ? cause.getMessage() : cause.toString()),
                    e);
        } catch (ReflectiveOperationException e) {
            throw new UsageException("the density %s cannot be created: %s".formatted(name, e), e);
        }
    }

    private static Constructor<? extends BayesianModel> constructor(String name) {
        Class<? extends BayesianModel> type = CLASSES.get(name);
        if (type == null) {
            type = load(name);
        }
        for (Class<?>[] form : List.<Class<?>[]>of(new Class<?>[] {List.class, ModelSettings.class}, new Class<?>[0])) {
            try {
                return type.getConstructor(form);
            } catch (NoSuchMethodException e) {
                continue;
            }
        }
        throw new UsageException("has no public constructor without arguments, and none of (List<String> columns,"
                + " ModelSettings settings): expected one of them");
    }

    private static Class<? extends BayesianModel> load(String name) {
        Class<?> found;
        try {
            found = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new UsageException(
                    "is no class that can be loaded: must be %s, or a class in a jar of the job,"
                                    .formatted(String.join(", ", SHIPPED))
                            + " which -- --jars FILE adds",
                    e);
        }
        if (!BayesianModel.class.isAssignableFrom(found)
                || Modifier.isAbstract(found.getModifiers())
                || !Modifier.isPublic(found.getModifiers())) {
            throw new UsageException(
                    "is not a public class that implements %s: must be %s, or a class of your own that implements it"
                            .formatted(BayesianModel.class.getName(), String.join(", ", SHIPPED)));
        }
        return found.asSubclass(BayesianModel.class);
    }
}
