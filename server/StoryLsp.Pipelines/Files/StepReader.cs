using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Pipelines.Files;

/// <summary>Reads the steps of a pipeline: each a word, or a mapping from the word to its options.</summary>
internal static class StepReader
{
    /// <summary>What a step <c>context</c> may include.</summary>
    public static readonly string[] ContextParts = ["subject", "cast", "place", "items", "threads", "facts", "before", "after", "synopses", "schema", "findings"];

    private const int DeepestNesting = 16;

    private static readonly string[] FieldKeys =
    [
        "name", "type", "description", "required", "default", "options", "of", "fields", "min", "max", "minLength", "maxLength", "minItems", "maxItems", "unique", "pattern",
        "target", "secret", "synonyms", "deprecated", "field_type", "target_type", "is_secret",
    ];

    private static readonly string[] Kinds = ["context", "prompt", "intercept", "generate", "validate", "critique", "propose"];

    /// <summary>The steps that can be read, with their options.</summary>
    public static IReadOnlyList<(StepFile Step, StepOptions Options)> Read(YamlMapping root, List<PipelineProblem> problems)
    {
        var result = new List<(StepFile, StepOptions)>();
        if (root.Get("steps").Resolve() is not YamlSequence { Items.Count: > 0 } list)
        {
            problems.Add(new((root.Entry("steps")?.Key ?? root.Entries.FirstOrDefault()?.Key ?? (YamlNode)root).Span, "This pipeline has no `steps`. List them: `- context`, `- prompt: {…}`, `- generate: {…}`, `- propose: {…}`."));
            return result;
        }

        foreach (var item in list.Items)
        {
            if (ReadStep(item, result.Count, problems) is { } step)
            {
                result.Add(step);
            }
        }

        return result;
    }

    private static (StepFile, StepOptions)? ReadStep(YamlNode item, int index, List<PipelineProblem> problems)
    {
        var (key, value) = item.Resolve() switch
        {
            YamlScalar { IsNull: false } scalar => (scalar, null),
            YamlMapping { Entries: [var only] } => (only.Key, only.Value.Resolve()),
            YamlMapping { Entries: [var first, var second, ..] } => Beside(first, second, problems),
            _ => ((YamlNode?)null, (YamlNode?)null),
        };
        if (key.AsText()?.Trim() is not { } kind)
        {
            problems.Add(new(item.Span, $"A step is one of {Words.List(Kinds)}."));
            return null;
        }

        if (value is not (null or YamlMapping or YamlScalar { IsNull: true }))
        {
            problems.Add(new(value.Span, $"The options of the step `{kind}` are a mapping, as `- {kind}: {{…}}`, or lines below it that are indented further."));
        }

        var options = new StepOptions(kind, value as YamlMapping, key!.Span, problems);
        return Step(kind, index, options) is { } step ? (step, options) : Unknown(kind, key.Span, problems);
    }

    private static (YamlNode, YamlNode?) Beside(YamlEntry first, YamlEntry second, List<PipelineProblem> problems)
    {
        problems.Add(new(second.Key.Span, $"`{second.Key.AsText()}` stands beside the step `{first.Key.AsText()}`. Indent it further if it is an option of it, or begin a step of its own with `- `."));
        return (first.Key, first.Value.Resolve());
    }

    private static (StepFile, StepOptions)? Unknown(string kind, TextSpan span, List<PipelineProblem> problems)
    {
        problems.Add(new(span, $"There is no step `{kind}`. {Nearest.Of(kind, Kinds)}The steps are {Words.List(Kinds)}."));
        return null;
    }

    private static StepFile? Step(string kind, int index, StepOptions options) => kind switch
    {
        "context" => Context(options, index),
        "prompt" => Prompt(options, index),
        "intercept" => Intercept(options, index),
        "generate" => Generate(options, index),
        "validate" => Validate(options, index),
        "critique" => Critique(options, index),
        "propose" => Propose(options, index),
        _ => null,
    };

    private static ContextStep Context(StepOptions options, int index)
    {
        options.Allow("include", "limit");
        var include = options.Texts("include", ContextParts);
        return new() { Index = index, Include = include.Count > 0 ? include : ["subject", "cast", "place"], Limit = options.Whole("limit", 100, 1_000_000) ?? 8000 };
    }

    private static PromptStep Prompt(StepOptions options, int index)
    {
        options.Allow("system", "user");
        return new() { Index = index, System = options.Required("system", "the words that say what the model is to do"), User = options.Required("user", "such as `{{context}}` and `{{input}}`") };
    }

    private static InterceptStep Intercept(StepOptions options, int index)
    {
        options.Allow();
        return new() { Index = index };
    }

    private static GenerateStep Generate(StepOptions options, int index)
    {
        options.Allow("name", "output", "schema", "model", "temperature", "max_tokens", "max_words", "retries", "timeout", "offline");
        var output = options.Choice("output", OutputKind.Text, ("text", OutputKind.Text), ("prose", OutputKind.Prose), ("yaml", OutputKind.Yaml), ("json", OutputKind.Json));
        var faults = new List<SchemaProblem>();
        var fields = SchemaReader.ReadFields(options.Node("schema"), faults);
        faults.ForEach(fault => options.Problem(fault.Span, fault.Message));
        CheckFields(options.Node("schema"), options, 0);
        if (output == OutputKind.Json && fields.Count == 0)
        {
            options.Problem(options.SpanOf("output"), "An answer in JSON is checked: say its fields under `schema`, as `schema: {title: {type: string, required: true}}`.");
        }
        else if (output != OutputKind.Json && fields.Count > 0)
        {
            options.Problem(options.SpanOf("schema"), "Only an answer in JSON has a `schema`. Write `output: json`, or take `schema` away.");
        }

        return new()
        {
            Index = index,
            Name = options.Text("name")?.Trim(),
            Output = output,
            Schema = fields,
            Model = options.Text("model")?.Trim(),
            Temperature = options.Number("temperature", 0, 2),
            MaxTokens = options.Whole("max_tokens", 1, 1_000_000),
            MaxWords = options.Whole("max_words", 1, 1_000_000),
            Retries = options.Whole("retries", 0, 5) ?? 1,
            Timeout = options.Seconds("timeout") ?? TimeSpan.FromMinutes(5),
            Offline = options.Text("offline")?.Trim(),
        };
    }

    // An unquoted comma in braces begins another key: what stands behind it would be lost in silence.
    private static void CheckFields(YamlNode? fields, StepOptions options, int depth)
    {
        foreach (var field in (fields.Resolve() as YamlMapping)?.Entries.Select(entry => entry.Value) ?? (fields.Resolve() as YamlSequence)?.Items ?? [])
        {
            CheckField(field, options, depth);
        }
    }

    private static void CheckField(YamlNode field, StepOptions options, int depth)
    {
        if (depth > DeepestNesting || field.Resolve() is not YamlMapping mapping)
        {
            return;
        }

        foreach (var entry in mapping.Entries)
        {
            var key = entry.Key.AsText() ?? "";
            if (!FieldKeys.Contains(key))
            {
                options.Problem(entry.Key.Span, $"A field has no `{key}`. {Nearest.Of(key, FieldKeys)}Put a text that holds a comma or a colon into quotes.");
            }
        }

        CheckFields(mapping.Get("fields"), options, depth + 1);
        if (mapping.Get("of") is { } of)
        {
            CheckField(of, options, depth + 1);
        }
    }

    private static ValidateStep Validate(StepOptions options, int index)
    {
        options.Allow("rules", "rounds", "on_failure");
        return new()
        {
            Index = index,
            Rules = options.Flag("rules", false),
            Rounds = options.Whole("rounds", 0, 5) ?? 1,
            OnFailure = options.Choice("on_failure", OnFailure.Fail, ("keep", OnFailure.Keep), ("roll-back", OnFailure.RollBack), ("fail", OnFailure.Fail)),
        };
    }

    private static CritiqueStep Critique(StepOptions options, int index)
    {
        options.Allow("system", "user", "model", "temperature", "max_tokens", "retries", "timeout");
        return new()
        {
            Index = index,
            System = options.Required("system", "the words that say what to look for"),
            User = options.Required("user", "such as `{{answer}}`"),
            Model = options.Text("model")?.Trim(),
            Temperature = options.Number("temperature", 0, 2),
            MaxTokens = options.Whole("max_tokens", 1, 1_000_000),
            Retries = options.Whole("retries", 0, 5) ?? 1,
            Timeout = options.Seconds("timeout") ?? TimeSpan.FromMinutes(5),
        };
    }

    private static ProposeStep Propose(StepOptions options, int index)
    {
        options.Allow("to", "field", "file", "of");
        if (options.Node("to") is null)
        {
            options.Problem(options.At, "The step `propose` says where the result goes: `to: field`, `append`, `replace`, `file`, `edits`, `notes` or `nothing`.");
        }

        return new()
        {
            Index = index,
            To = options.Choice("to", ProposalTarget.Nothing,
                ("field", ProposalTarget.Field), ("append", ProposalTarget.Append), ("replace", ProposalTarget.Replace), ("file", ProposalTarget.File),
                ("edits", ProposalTarget.Edits), ("notes", ProposalTarget.Notes), ("nothing", ProposalTarget.Nothing)),
            Field = options.Text("field")?.Trim(),
            File = options.Text("file")?.Trim(),
            Of = options.Text("of")?.Trim(),
        };
    }
}
