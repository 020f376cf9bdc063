package io.github.sparklatent.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown by the constructor of an options record whose values break its rules. */
public final class RulesException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final List<Rules.BrokenRule> broken;

    RulesException(List<Rules.BrokenRule> broken) {
        super(broken.stream().map(Object::toString).collect(Collectors.joining("; ")));
        this.broken = List.copyOf(broken);
    }

    /** Returns the broken rules, at least one. */
    public List<Rules.BrokenRule> broken() {
        return broken;
    }
}
