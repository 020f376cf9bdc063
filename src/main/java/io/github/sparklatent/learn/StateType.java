package io.github.sparklatent.learn;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.type.TypeFactory;

/**
 * The type of the state of a training, with the types of its parameters.
 *
 * @param <S> the state
 */
public final class StateType<S> {
    private final JavaType type;

    private StateType(JavaType type) {
        this.type = type;
    }

    /**
     * Returns a type.
     *
     * @param state class of the state
     * @param parameters classes of its type parameters; none if it has none
     */
    public static <S> StateType<S> of(Class<?> state, Class<?>... parameters) {
        TypeFactory types = TypeFactory.defaultInstance();
        return new StateType<>(
                parameters.length == 0 ? types.constructType(state) : types.constructParametricType(state, parameters));
    }

    /** Returns a type with two parameters, the second of which has parameters, too. */
    public static <S> StateType<S> of(Class<?> state, Class<?> first, StateType<?> second) {
        TypeFactory types = TypeFactory.defaultInstance();
        return new StateType<>(types.constructParametricType(state, types.constructType(first), second.type));
    }

    JavaType type() {
        return type;
    }
}
