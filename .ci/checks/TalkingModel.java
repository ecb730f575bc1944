import dev.attune.testing.modelapi.ScriptedAnswer;
import dev.attune.testing.modelapi.ModelStub;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * A stub of text models until the standard input ends. It repeats the system instruction and the last
 * message; a message with "slowly" is answered with two words and then nothing; a message with "tool"
 * calls the tool hangs. Prints the base URL of the chat completions.
 */
public final class TalkingModel {
  private TalkingModel() {}

  public static void main(String[] args) throws Exception {
    try (ModelStub models = ModelStub.start()) {
      models.faults().on(prompt -> prompt.lastText().contains("slowly")).hold(2);
      models.script(
          prompt ->
              prompt.lastText().contains("tool")
                  ? ScriptedAnswer.calling(
                      new ScriptedAnswer.Call("hangs", JsonNodeFactory.instance.objectNode()))
                  : ScriptedAnswer.of(
                      prompt.schema() != null
                          ? "{\"animal\": \"owl\"}"
                          : "Told [%s], asked [%s], in turn %d."
                              .formatted(
                                  prompt.system(), prompt.lastText(), prompt.turns().size())));
      System.out.println(models.openAiUrl());
      while (System.in.read() >= 0) {}
    }
  }
}
