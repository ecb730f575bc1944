package dev.attune.launcher.cli.talk;

import dev.attune.message.Messages;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts a typed amount of US dollars, a decimal number of at most 12 digits on each side. */
public final class AmountConverter implements ITypeConverter<BigDecimal> {
  private static final Pattern AMOUNT = Pattern.compile("[-+]?[0-9]{1,12}(\\.[0-9]{1,12})?");

  @Override
  public BigDecimal convert(String typed) {
    if (!AMOUNT.matcher(typed).matches()) {
      throw new TypeConversionException(Messages.of("launcher.usage.amount", typed));
    }
    return new BigDecimal(typed);
  }
}
