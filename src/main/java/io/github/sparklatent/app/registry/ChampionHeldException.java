package io.github.sparklatent.app.registry;

import io.github.sparklatent.config.UsageException;

/** Thrown if a version cannot be published because the champion is held. */
final class ChampionHeldException extends UsageException {
    private static final long serialVersionUID = 1L;

    ChampionHeldException(String message) {
        super(message);
    }
}
