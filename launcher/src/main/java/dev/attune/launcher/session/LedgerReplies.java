package dev.attune.launcher.session;

import dev.attune.launcher.ledger.LedgerDatabase;
import dev.attune.launcher.ledger.Stamp;
import dev.attune.models.ModelIdentity;
import dev.attune.models.ModelReply;
import dev.attune.models.recording.KeptReplies;
import dev.attune.models.recording.ReplyJson;
import dev.attune.models.recording.RequestKey;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Keeps the answers of text models in the ledger's table {@code model_replies}. */
final class LedgerReplies implements KeptReplies {
  private static final String FIND =
      "select reply from model_replies where request_key = ? and ordinal = ?";
  private static final String DELETE =
      "delete from model_replies where request_key = ? and ordinal = ?";
  private static final String INSERT =
      "insert into model_replies (request_key, ordinal, request, provider, model, address, reply,"
          + " entered_at, entered_by) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final LedgerDatabase ledger;

  LedgerReplies(LedgerDatabase ledger) {
    this.ledger = ledger;
  }

  @Override
  public Optional<ModelReply> find(RequestKey key, ModelIdentity model) {
    return ledger.in(handle -> kept(handle, key)).map(ReplyJson::read);
  }

  @Override
  public ModelReply keep(RequestKey key, ModelIdentity model, ModelReply reply, boolean replace) {
    Stamp stamp = ledger.stamp();
    String json = ReplyJson.write(reply);
    String now =
        ledger.enterAndRead(
            handle -> {
              if (replace) {
                handle.execute(DELETE, key.hash(), key.ordinal());
              } else {
                Optional<String> kept = kept(handle, key);
                if (kept.isPresent()) {
                  return kept.orElseThrow();
                }
              }
              handle.execute(
                  INSERT,
                  key.hash(),
                  key.ordinal(),
                  key.request(),
                  model.provider(),
                  model.model(),
                  model.address(),
                  json,
                  stamp.at(),
                  stamp.by());
              return json;
            });
    return ReplyJson.read(now);
  }

  private static Optional<String> kept(Handle handle, RequestKey key) {
    return handle.select(FIND, key.hash(), key.ordinal()).mapTo(String.class).findFirst();
  }
}
