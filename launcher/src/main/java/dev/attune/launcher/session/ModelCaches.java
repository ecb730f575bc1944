package dev.attune.launcher.session;

import dev.attune.models.ModelIdentity;
import dev.attune.models.spending.BudgetedCaches;

/**
 * The context caches of a model of a session.
 *
 * @param model as typed
 * @param identity of the model
 * @param caches what is created is charged to the budget of the session
 */
public record ModelCaches(String model, ModelIdentity identity, BudgetedCaches caches) {}
