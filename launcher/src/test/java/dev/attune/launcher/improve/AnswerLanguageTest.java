package dev.attune.launcher.improve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerLanguageTest {
  private static final String ENGLISH =
      "How do I get the money back that was charged twice for this order?";

  private final AnswerLanguage languages = new AnswerLanguage();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | You can ask for it in the app, and we will send it back to you within a week.",
        "de | Sie können es in der App anfordern, und wir senden es Ihnen in einer Woche zurück.",
        "fr | Vous pouvez le demander dans l'application, et nous vous le renvoyons dans la"
            + " semaine.",
        "es | Puede pedirlo en la aplicación y se lo devolvemos en el plazo de una semana.",
        "pt | Você pode pedir isso no aplicativo, e nós devolvemos em uma semana, se não houver"
            + " um erro.",
        "it | Puoi chiederlo nell'app, e noi te lo restituiamo in una settimana se non è stato"
            + " già fatto.",
        "nl | U kunt het in de app aanvragen, en wij sturen het binnen een week naar u terug.",
        "ru | Вы можете запросить это в приложении, и мы вернём их вам в течение недели, если это"
            + " не было сделано.",
      })
  void areKnownByTheirFunctionWords(String language, String text) {
    assertThat(languages.language(text)).contains(language);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sie können es in der App anfordern, und wir senden es Ihnen in einer Woche zurück.",
        "Вы можете запросить это в приложении.",
        "アプリで請求できます。一週間以内に返金します。",
        "您可以在应用中申请，我们会在一周内退款。",
        "앱에서 요청하실 수 있으며 일주일 안에 환불해 드립니다.",
        "يمكنك طلب ذلك في التطبيق وسنعيده خلال أسبوع.",
      })
  void differFromEnglish(String answer) {
    assertThat(languages.differs(ENGLISH, answer)).isTrue();
  }

  @Test
  void japaneseIsNotChinese() {
    assertThat(languages.differs("返金してもらうにはどうすればよいですか。", "您可以在应用中申请，我们会在一周内退款。")).isTrue();
  }

  @Test
  void shortTextsNamesAndCodeDoNotDiffer() {
    assertThat(languages.differs(ENGLISH, "Paris")).isFalse();
    assertThat(languages.differs(ENGLISH, "42")).isFalse();
    assertThat(languages.differs("Wer schrieb das?", "Johann Wolfgang von Goethe")).isFalse();
    assertThat(
            languages.differs(
                "Wie sortiert man in der Datenbank die Zeilen nach dem Datum und der Nummer?",
                "SELECT id, total FROM orders WHERE total > 10 ORDER BY created_at DESC"))
        .isFalse();
  }
}
