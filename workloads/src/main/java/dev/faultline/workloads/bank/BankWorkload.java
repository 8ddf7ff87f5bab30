package dev.faultline.workloads.bank;

import dev.faultline.harness.Target.Option;
import dev.faultline.harness.Workload;
import dev.faultline.harness.gen.Generator;
import dev.faultline.harness.gen.Generator.Ask;
import dev.faultline.harness.gen.Generators;
import dev.faultline.spec.CheckerSpec;
import dev.faultline.workloads.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Clients transfer money between accounts and read them all at once: a read that sees half of a
 * transfer, a transfer that is half undone, or one that is carried out twice by halves changes the
 * sum. Accounts are opened first, which may be asked for again and again.
 */
public final class BankWorkload implements Workload {
  private static final int CLIENTS_PER_NODE = 2;
  private static final double RATE = 100;

  @Override
  public String id() {
    return "bank";
  }

  @Override
  public String summary() {
    return "transfer money between accounts, and read them all at once";
  }

  @Override
  public Interface clientInterface() {
    return new Interface(
        "bank",
        List.of(
            new Function(
                "open", "{account, balance}", "null; also if there is that account", "none"),
            new Function(
                "transfer",
                "{from, to, amount}",
                "null",
                "too little in the account, in the server's own words"),
            new Function("read", "null", "{account: balance, …}, all of them", "none")));
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("accounts", "5", List.of(), "accounts, a1, a2, …"),
        new Option("balance", "100", List.of(), "what each has at first"),
        new Option("amount", "40", List.of(), "the largest transfer"),
        new Option("reads", "30", List.of(), "share of operations that read, percent"),
        new Option(
            "negative",
            "false",
            List.of("true", "false"),
            "whether an account may have less than nothing"),
        Settings.load(),
        Settings.settle());
  }

  @Override
  public List<ClientSpec> clients(Plan plan) {
    return Settings.clients(plan, CLIENTS_PER_NODE, "worker");
  }

  @Override
  public Generator generator(Plan plan) {
    long balance = Settings.number(plan.setup(), "balance", 0, 1_000_000);
    List<Generator> opens = new ArrayList<>();
    for (String account : accounts(plan)) {
      Map<String, @Nullable Object> value = new LinkedHashMap<>();
      value.put("account", account);
      value.put("balance", balance);
      opens.add(
          Generators.untilOk(
              Generators.ops("bank/open/" + account, Generators.call("open", null, value))));
    }
    int reads = Settings.number(plan.setup(), "reads", 0, 100);
    return Generators.phases(
        Generators.phases(opens.toArray(new Generator[0])),
        Settings.loaded(
            plan,
            "bank/pace",
            RATE,
            Generators.ops(
                "bank",
                (client, random, n) ->
                    random.nextInt(100) < reads
                        ? new Ask(client.client(), "read", null, null)
                        : transfer(plan).make(client, random, n))));
  }

  /** Between two accounts that are not the same. */
  private static Generators.Maker transfer(Plan plan) {
    List<String> accounts = accounts(plan);
    int most = Settings.number(plan.setup(), "amount", 1, 1_000_000);
    return (client, random, n) -> {
      int from = random.nextInt(accounts.size());
      int to = (from + 1 + random.nextInt(accounts.size() - 1)) % accounts.size();
      Map<String, @Nullable Object> value = new LinkedHashMap<>();
      value.put("from", accounts.get(from));
      value.put("to", accounts.get(to));
      value.put("amount", 1L + random.nextInt(most));
      return new Ask(client.client(), "transfer", null, value);
    };
  }

  @Override
  public Generator finalGenerator(Plan plan) {
    return Settings.readTwice(plan, clients(plan), "read", Arrays.asList((Object) null));
  }

  /** A transfer may be refused, so reads tell whether the bank answers. */
  @Override
  public Generator progressGenerator(Plan plan) {
    return Settings.eachUntilOk(
        clients(plan), "bank/progress", i -> List.of(Generators.call("read", null, null)));
  }

  @Override
  public List<CheckerSpec> checkers(Plan plan) {
    boolean negative = plan.setup().option("negative").equals("true");
    return List.of(new CheckerSpec("bank.total", Map.of("negative", negative)));
  }

  @Override
  public Duration deadline(Plan plan, String f) {
    return Settings.patience(plan);
  }

  private static List<String> accounts(Plan plan) {
    int accounts = Settings.number(plan.setup(), "accounts", 2, 1_000);
    return IntStream.rangeClosed(1, accounts).mapToObj(a -> "a" + a).toList();
  }
}
