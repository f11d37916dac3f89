package io.kbsserver.generators;

import io.swagger.v3.oas.models.OpenAPI;
import java.util.Map;
import java.util.regex.Pattern;
import org.openapitools.codegen.CodegenConfig;
import org.openapitools.codegen.languages.JavaClientCodegen;
import org.openapitools.codegen.languages.PythonClientCodegen;
import org.openapitools.codegen.languages.TypeScriptFetchClientCodegen;

/**
 * The generators of the SDKs as they are, but for {@link FileBodies}, {@link PartialAnswers},
 * {@link NamedEnums} and what they print when they are done: a request for donations, on the
 * standard output, where no setting silences it.
 */
public final class SdkGenerators {

  private static final String REPOSITORY = "repository";
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"<>$]+");

  private SdkGenerators() {}

  private static void prepare(CodegenConfig generator, OpenAPI contract) {
    FileBodies.leaveAsTheyAre(contract);
    checkRepository(generator.additionalProperties());
  }

  /** Packages name the address of their source, or none. */
  static void checkRepository(Map<String, Object> properties) {
    // Templates take an empty text for a value.
    properties.remove(REPOSITORY, "");
    Object repository = properties.getOrDefault(REPOSITORY, "https://none");
    if (!ADDRESS.matcher(repository.toString()).matches()) {
      throw new IllegalArgumentException(
          "-Dsdk.repository= takes an address such as https://example.com/kbs, or nothing, and not "
              + repository);
    }
  }

  /** The generator {@code java}. */
  public static final class Java extends JavaClientCodegen {
    @Override
    public void preprocessOpenAPI(OpenAPI contract) {
      prepare(this, contract);
      PartialAnswers.leaveFieldsOut(contract);
      PartialAnswers.forgetWhoWrites(contract);
      NamedEnums.in(contract);
      super.preprocessOpenAPI(contract);
    }

    @Override
    public void postProcess() {
      // Nothing is printed.
    }
  }

  /** The generator {@code typescript-fetch}; its methods know when an answer is partial. */
  public static final class TypeScript extends TypeScriptFetchClientCodegen {
    @Override
    public void preprocessOpenAPI(OpenAPI contract) {
      prepare(this, contract);
      super.preprocessOpenAPI(contract);
    }

    @Override
    public void postProcess() {
      // Nothing is printed.
    }
  }

  /** The generator {@code python}. */
  public static final class Python extends PythonClientCodegen {
    @Override
    public void preprocessOpenAPI(OpenAPI contract) {
      prepare(this, contract);
      PartialAnswers.leaveFieldsOut(contract);
      PartialAnswers.forgetWhoWrites(contract);
      NamedEnums.in(contract);
      super.preprocessOpenAPI(contract);
    }

    @Override
    public void postProcess() {
      // Nothing is printed.
    }
  }
}
