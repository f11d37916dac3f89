package io.kbsserver.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import io.kbsserver.access.Caller;
import io.kbsserver.access.Role;
import io.kbsserver.access.Visibility;
import io.kbsserver.rest.errors.RestException;
import io.kbsserver.storage.Jdbc;
import io.micronaut.context.annotation.Factory;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.rules.SecurityRule;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The arrows of the house: rest binds, the controller translates, the service decides, the
 * repository reads and writes.
 */
@AnalyzeClasses(
    packages = "io.kbsserver",
    importOptions = {
      DoNotIncludeTests.class,
      ArchitectureTest.WithoutTheTestKit.class,
      ArchitectureTest.WithoutGeneratedBeans.class
    })
class ArchitectureTest {

  /** Leaves out the helpers of the tests, which are modules of their own. */
  static final class WithoutTheTestKit implements ImportOption {
    private static final Pattern KIT = Pattern.compile(".*/io/kbsserver/(testing|spec|http)/.*");

    @Override
    public boolean includes(Location location) {
      return !location.matches(KIT);
    }
  }

  /** Leaves out what Micronaut generates: {@code $TicketService$Definition} and the like. */
  static final class WithoutGeneratedBeans implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/$");
    }
  }

  private static final int LARGEST_PACKAGE_OF_REST = 15;

  private static final String ROOT = "io.kbsserver.";
  private static final String ALL = "io.kbsserver..";

  /** Generated from the contract; not ours to judge. */
  private static final String API = ROOT + "api..";

  /** What rest answers for on every route. */
  private static final Set<String> READ_BY_REST =
      Set.of("_fields", "prefer", "idempotencyKey", "ifMatch", "ifNoneMatch");

  /** What has no effect, as the contract says. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          // Only who reads tickets can ask for more by it.
          "GetIndexParameters.context",
          "GetNamespaceParameters.context",
          "GetWordPressNamespaceParameters.context",
          "CreateTicketParameters.context",
          "UpdateTicketParameters.context",
          "CreateReplyParameters.context",
          // Of the list, and checked as there.
          "CreateReplyParameters.page",
          "CreateReplyParameters.perPage",
          "CreateReplyParameters.search",
          "CreateReplyParameters.orderby",
          // Who reads them may edit them.
          "ListApplicationPasswordsParameters.context",
          "GetApplicationPasswordParameters.context",
          "IntrospectApplicationPasswordParameters.context",
          "ListCustomersParameters.context",
          "GetCustomerParameters.context",
          "ListCompaniesParameters.context",
          "GetCompanyParameters.context",
          // What is shown of them does not depend on it.
          "ListFormsParameters.context",
          "GetFormParameters.context",
          "ListFormFieldsParameters.context",
          "GetFormFieldParameters.context",
          "ListAgentsParameters.context",
          "GetAgentParameters.context",
          "ListTicketHistoryParameters.context",
          "ListTicketNotesParameters.context",
          "CreateTicketNoteParameters.context",
          "GetTicketNoteParameters.context",
          "ListWebhooksParameters.context",
          "CreateWebhookParameters.context",
          "GetWebhookParameters.context",
          "UpdateWebhookParameters.context",
          "ListWebhookSecretsParameters.context",
          "CreateWebhookSecretParameters.context",
          "ListWebhookDeliveriesParameters.context",
          "CreateWebhookDeliveryParameters.context",
          // The path decides; rest compares the two.
          "TicketUpdate.id",
          "ReplyCreate.id");

  private static final DescribedPredicate<JavaMethod> SENT_TO_A_ROUTE =
      describe(
          "are what a client may send to a route",
          method ->
              method.getOwner().isRecord()
                  && method.getRawParameterTypes().isEmpty()
                  && method.getOwner().tryGetField(method.getName()).isPresent()
                  && !READ_BY_REST.contains(method.getName())
                  && !WITHOUT_EFFECT.contains(
                      method.getOwner().getSimpleName() + "." + method.getName())
                  && method.getOwner().getMethodsWithParameterTypeOfSelf().stream()
                      .anyMatch(operation -> operation.getOwner().getSimpleName().endsWith("Api")));

  private static final ArchCondition<JavaMethod> BE_READ_BY_OUR_CODE =
      new ArchCondition<>("be read") {
        @Override
        public void check(JavaMethod method, ConditionEvents events) {
          if (method.getAccessesToSelf().stream()
              .allMatch(
                  access -> access.getOriginOwner().getPackageName().startsWith(ROOT + "api"))) {
            events.add(violated(method, method.getFullName() + " is read by nobody"));
          }
        }
      };

  private static final String[] ROUTES = {
    ROOT + "tickets..",
    ROOT + "replies..",
    ROOT + "notes..",
    ROOT + "history..",
    ROOT + "files..",
    ROOT + "media..",
    ROOT + "customers..",
    ROOT + "companies..",
    ROOT + "agents..",
    ROOT + "users..",
    ROOT + "passwords..",
    ROOT + "terms..",
    ROOT + "forms..",
    ROOT + "articles..",
    ROOT + "sync..",
    ROOT + "webhooks.."
  };

  /** What of a route knows HTTP; with what the compiler makes for a switch in it. */
  private static final DescribedPredicate<JavaClass> AT_THE_DOOR =
      describe(
          "speak with clients",
          type ->
              type.getName()
                  .matches(
                      ".*(Controller|Representation|Embedding|Permission|\\.SentFiles)(\\$.*)?"));

  /**
   * What reads and writes rows; the statements of a list that are built stand in one of its own.
   */
  private static final DescribedPredicate<JavaClass> REPOSITORY =
      simpleNameEndingWith("Repository")
          .or(simpleNameEndingWith("List"))
          .and(resideInAPackage(ALL));

  @ArchTest
  static final ArchRule WHATEVER_HAS_A_CONTROLLER_IS_A_ROUTE =
      classes()
          .that()
          .areAnnotatedWith(Controller.class)
          .and()
          // What all routes share, and what tells whether the server is well.
          .resideOutsideOfPackages(ROOT + "rest..", ROOT + "health..", API)
          .should()
          .resideInAnyPackage(ROUTES);

  @ArchTest
  static final ArchRule CONTROLLERS_LEAVE_THE_DATABASE_TO_SERVICES =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Controller")
          .should()
          .dependOnClassesThat(REPOSITORY.or(resideInAPackage(ROOT + "storage..")));

  @ArchTest
  static final ArchRule NOTHING_BUT_MICRONAUT_CALLS_CONTROLLERS =
      noClasses()
          .that()
          .haveSimpleNameNotEndingWith("Controller")
          .should()
          .dependOnClassesThat(simpleNameEndingWith("Controller").and(resideInAnyPackage(ROUTES)));

  @ArchTest
  static final ArchRule REST_SERVES_ALL_ROUTES_AND_KNOWS_NONE =
      noClasses()
          .that()
          .resideInAnyPackage(ROOT + "rest..", ROOT + "link..", ROOT + "posts..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROUTES);

  @ArchTest
  static final ArchRule LISTS_SERVE_ALL_ROUTES_AND_KNOW_NONE =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "list..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(ROUTES)
                  .or(resideInAnyPackage("io.micronaut.http..", ROOT + "rest..", API)));

  @ArchTest
  static final ArchRule REST_LEAVES_THE_DATABASE_ALONE =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "rest..")
          .should()
          .dependOnClassesThat(REPOSITORY.or(resideInAPackage(ROOT + "storage..")));

  @ArchTest
  static final ArchRule SERVICES_KNOW_NO_HTTP =
      noClasses()
          .that(
              are(
                  simpleNameEndingWith("Service")
                      .or(simpleNameEndingWith("Writer"))
                      .or(resideInAnyPackage(ROUTES).and(not(AT_THE_DOOR)))
                      .or(
                          resideInAnyPackage(
                              ROOT + "access..",
                              ROOT + "site..",
                              ROOT + "posts..",
                              ROOT + "refusal..",
                              ROOT + "text.."))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micronaut.http..", ROOT + "rest..", API);

  /** What cannot be done is a refusal; only the conversation itself fails in words of HTTP. */
  @ArchTest
  static final ArchRule ROUTES_REFUSE_WITHOUT_HTTP =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "rest..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(RestException.class);

  @ArchTest
  static final ArchRule REPOSITORIES_KNOW_NO_HTTP =
      noClasses()
          .that(are(REPOSITORY.or(resideInAPackage(ROOT + "storage.."))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.micronaut.http..", "io.micronaut.security..", ROOT + "rest..", API);

  @ArchTest
  static final ArchRule ONLY_CONTROLLERS_AND_REPRESENTATIONS_USE_GENERATED_MODELS =
      noClasses()
          .that()
          .resideInAPackage(ALL)
          .and()
          .resideOutsideOfPackage(API)
          .and()
          // With what the compiler makes for a switch in them, and with what controllers share.
          .haveNameNotMatching(
              ".*(Controller|Representation|Embedding|Permission|ObjectRule|SortOrders)(\\$.*)?")
          .and()
          .resideOutsideOfPackage(ROOT + "link..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(API);

  /**
   * What the contract lets a client send is read by somebody. New enum values and new fields of an
   * answer are the compiler's to find; a new parameter makes no code wrong.
   */
  @ArchTest
  static final ArchRule WHAT_IS_SENT_IS_READ =
      methods().that(are(SENT_TO_A_ROUTE)).should(BE_READ_BY_OUR_CODE);

  @ArchTest
  static final ArchRule REPOSITORIES_KNOW_CALLERS_ONLY_AS_A_CONDITION =
      noClasses()
          .that(are(REPOSITORY.and(not(resideInAPackage(ROOT + "access..")))))
          .should()
          .dependOnClassesThat(
              resideInAPackage(ROOT + "access..").and(not(belongToAnyOf(Role.class))));

  @ArchTest
  static final ArchRule ONLY_SERVICES_ASK_WHAT_A_CALLER_SEES =
      classes()
          .that()
          .belongToAnyOf(Visibility.class)
          .should()
          .onlyHaveDependentClassesThat(
              are(simpleNameEndingWith("Service").or(resideInAPackage(ROOT + "access.."))));

  @ArchTest
  static final ArchRule ONLY_REPOSITORIES_RUN_SQL =
      noClasses()
          .that(
              are(
                  not(REPOSITORY)
                      // What all lists share reads for them.
                      .and(not(resideInAPackage(ROOT + "list..")))
                      .and(not(resideInAPackage(ROOT + "storage..")))))
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Jdbc.class);

  @ArchTest
  static final ArchRule REPOSITORIES_ARE_MICRONAUTS =
      classes()
          .that()
          .haveSimpleNameEndingWith("Repository")
          .should()
          .beAnnotatedWith(JdbcRepository.class);

  @ArchTest
  static final ArchRule ONLY_STORAGE_AND_IMPORT_OPEN_CONNECTIONS =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "storage..", ROOT + "wordpress..", ROOT + "cli..", API)
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.sql.Connection")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.sql.Statement")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.sql.DriverManager")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("javax.sql..");

  /** A clock can be set in a test, and all of a site shows the same time. */
  @ArchTest
  static final ArchRule THE_TIME_IS_ASKED_OF_THE_CLOCK =
      noClasses()
          .that()
          // They make the clock.
          .doNotHaveFullyQualifiedName(ROOT + "site.ClockFactory")
          .and()
          .doNotHaveFullyQualifiedName(ROOT + "cli.Main")
          .should()
          .callCodeUnitWhere(
              DescribedPredicate.describe(
                  "the time is asked of the machine", ArchitectureTest::asksTheMachineForTheTime));

  private static boolean asksTheMachineForTheTime(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    return switch (call.getTarget().getName()) {
      case "now" -> owner.startsWith("java.time.") && !isGivenAClock(call);
      case "currentTimeMillis" -> owner.equals("java.lang.System");
      case "<init>" ->
          owner.equals("java.util.Date") && call.getTarget().getRawParameterTypes().isEmpty();
      default -> owner.equals("java.time.Clock") && call.getTarget().getName().startsWith("system");
    };
  }

  private static boolean isGivenAClock(JavaCall<?> call) {
    return call.getTarget().getRawParameterTypes().stream()
        .anyMatch(type -> type.isEquivalentTo(Clock.class));
  }

  @ArchTest
  static final ArchRule NOTHING_DEPENDS_ON_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "cli..");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_STARTS_IMPORT_AND_DEMO =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "cli..", ROOT + "wordpress..", ROOT + "demo..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "wordpress..", ROOT + "demo..");

  @ArchTest
  static final ArchRule TEXT_STANDS_ALONE =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "text..")
          .should()
          .dependOnClassesThat(resideInAPackage(ALL).and(not(resideInAPackage(ROOT + "text.."))));

  @ArchTest
  static final ArchRule COMPARING_STANDS_ALONE =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "compare..")
          .should()
          .dependOnClassesThat(
              resideInAPackage(ALL)
                  .and(not(resideInAPackage(ROOT + "compare..")))
                  // It knows servers only from the outside.
                  .or(resideInAnyPackage("io.micronaut..", "jakarta..", "java.sql..")));

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_COMPARES =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "cli..", ROOT + "compare..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "compare..");

  @ArchTest
  static final ArchRule A_CALLER_IS_A_VALUE =
      noClasses()
          .that()
          .belongToAnyOf(Caller.class, Role.class)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(ROOT + "storage..", ROOT + "rest..", "io.micronaut.."));

  @ArchTest
  static final ArchRule WHAT_REQUESTS_SHARE_KEEPS_NO_STATE_OF_THEM =
      classes()
          .that()
          .areAnnotatedWith(Singleton.class)
          .or()
          .areAnnotatedWith(Controller.class)
          .or()
          .areAnnotatedWith(ServerFilter.class)
          .or()
          .areAnnotatedWith(Factory.class)
          .or()
          .areAssignableTo(SecurityRule.class)
          .or()
          .areAssignableTo(ExceptionHandler.class)
          .should()
          .haveOnlyFinalFields();

  /** The repository reads, the service decides, the representation shows: none does another's. */
  @ArchTest
  static final ArchRule REPOSITORIES_NEITHER_DECIDE_NOR_SHOW =
      noClasses()
          .that(REPOSITORY)
          .should()
          .dependOnClassesThat(
              simpleNameEndingWith("Service").or(simpleNameEndingWith("Representation")));

  @ArchTest
  static final ArchRule SERVICES_DO_NOT_SHOW =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Service")
          .should()
          .dependOnClassesThat(simpleNameEndingWith("Representation"));

  @ArchTest
  static final ArchRule REPRESENTATIONS_SHOW_WHAT_THEY_ARE_GIVEN =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Representation")
          .should()
          .dependOnClassesThat(
              REPOSITORY
                  .or(simpleNameEndingWith("Service"))
                  .or(resideInAPackage(ROOT + "storage..")));

  @ArchTest
  static final ArchRule ROOMS_DO_NOT_GO_IN_CIRCLES =
      slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule WHAT_HAPPENS_TO_A_REQUEST_DOES_NOT_GO_IN_CIRCLES =
      slices().matching(ROOT + "rest.(*)..").should().beFreeOfCycles();

  @ArchTest
  static void noPackageOfRestIsAHeap(JavaClasses classes) {
    Map<String, Long> sizes =
        classes.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(each -> each.getPackageName().startsWith(ROOT + "rest"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    sizes.values().removeIf(size -> size <= LARGEST_PACKAGE_OF_REST);
    assertEquals(Map.of(), sizes);
  }

  @ArchTest
  static final ArchRule AN_IMPORT_READS_BEFORE_IT_WRITES =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage(ROOT + "wordpress..")
          .layer("import")
          .definedBy(ROOT + "wordpress")
          .layer("kinds")
          .definedBy(ROOT + "wordpress.kinds..")
          .layer("target")
          .definedBy(ROOT + "wordpress.destination..")
          .layer("source")
          .definedBy(ROOT + "wordpress.source..")
          .layer("php")
          .definedBy(ROOT + "wordpress.php..")
          .layer("report")
          .definedBy(ROOT + "wordpress.report..")
          .whereLayer("import")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("kinds")
          .mayOnlyBeAccessedByLayers("import")
          .whereLayer("target")
          .mayOnlyBeAccessedByLayers("import", "kinds")
          .whereLayer("source")
          .mayOnlyBeAccessedByLayers("import", "kinds", "target")
          .whereLayer("php")
          .mayNotAccessAnyLayer()
          .whereLayer("report")
          .mayNotAccessAnyLayer();
}
