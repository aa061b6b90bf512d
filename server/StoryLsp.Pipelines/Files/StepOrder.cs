using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Yaml;
using StoryLsp.Pipelines.Offline;
using StoryLsp.Pipelines.Proposals;

namespace StoryLsp.Pipelines.Files;

/// <summary>Checks that the steps fit together: each uses only what a step before it has made.</summary>
internal static class StepOrder
{
    private static readonly string[] Always = ["input", "instruction", "name", "findings", "types"];

    public static void Check(IReadOnlyList<StepFile> steps, IReadOnlyList<StepOptions> options, string input, YamlMapping root, List<PipelineProblem> problems)
    {
        var known = new List<string>(Always);
        GenerateStep? answer = null;
        var hasPrompt = false;
        var isStopped = false;
        var isSent = false;
        for (var i = 0; i < steps.Count; i++)
        {
            var at = options[i];
            switch (steps[i])
            {
                case ContextStep context:
                    if (input is PipelineInput.Text && context.Include.Any(part => part is not ("schema" or "synopses" or "findings")))
                    {
                        at.Problem(at.SpanOf("include"), "This pipeline reads a text, not a container, so only `schema`, `synopses` and `findings` can be included.");
                    }

                    known.Add("context");
                    break;
                case PromptStep prompt:
                    CheckVariables(prompt.System, "system", at, known);
                    CheckVariables(prompt.User, "user", at, known);
                    hasPrompt = true;
                    isStopped = false;
                    isSent = false;
                    break;
                case InterceptStep when !hasPrompt:
                    at.Problem(at.At, "There is no prompt to look at yet. Put `intercept` behind a step `prompt` and before its `generate`.");
                    break;
                case InterceptStep when isSent:
                    at.Problem(at.At, "This prompt was sent already, so there is nothing left to look at. Put `intercept` before its `generate`.");
                    break;
                case InterceptStep when isStopped:
                    at.Problem(at.At, "The run has stopped at this prompt already. Take one `intercept` away.");
                    break;
                case InterceptStep:
                    isStopped = true;
                    break;
                case GenerateStep generate:
                    if (!hasPrompt)
                    {
                        at.Problem(at.At, "There is no prompt to send. Put a step `prompt` before this `generate`.");
                    }

                    if (generate.Offline is { } algorithm && !OfflineChatClient.Algorithms.Contains(algorithm))
                    {
                        at.Problem(at.SpanOf("offline"), $"There is no algorithm `{algorithm}`. {Nearest.Of(algorithm, [.. OfflineChatClient.Algorithms])}There are {Words.List([.. OfflineChatClient.Algorithms])}; without one, leave `offline` out.");
                    }

                    isSent = true;
                    CheckName(generate, at, known);
                    answer = generate;
                    known.Add("answer");
                    break;
                case ValidateStep or CritiqueStep when answer is null:
                    at.Problem(at.At, $"There is no answer to look at. Put `{steps[i].Kind}` behind a step `generate`.");
                    break;
                case CritiqueStep critique:
                    CheckVariables(critique.System, "system", at, known);
                    CheckVariables(critique.User, "user", at, known);
                    break;
                case ProposeStep propose:
                    CheckPropose(propose, answer, input, at);
                    if (i < steps.Count - 1)
                    {
                        at.Problem(at.At, steps.Skip(i + 1).Any(step => step is ProposeStep)
                            ? "A run makes one proposal. Take one `propose` away."
                            : "`propose` is the last step. Move it to the end.");
                    }

                    break;
            }
        }

        if (steps.Count > 0 && answer is null)
        {
            problems.Add(new((root.Entry("steps")?.Key ?? (YamlNode)root).Span, "This pipeline asks no model. Add a step `generate` behind its `prompt`."));
        }
    }

    private static void CheckName(GenerateStep generate, StepOptions at, List<string> known)
    {
        if (generate.Name is not { } name)
        {
            return;
        }

        if (!name.All(unit => char.IsAsciiLetterLower(unit) || char.IsAsciiDigit(unit) || unit is '-' or '_'))
        {
            at.Problem(at.SpanOf("name"), "`name` has lower-case letters, digits, `-` and `_`.");
        }
        else if (known.Contains(name))
        {
            at.Problem(at.SpanOf("name"), $"There is a `{{{{{name}}}}}` already. Give this answer another name.");
        }

        known.Add(name);
    }

    private static void CheckVariables(string template, string key, StepOptions at, List<string> known)
    {
        foreach (var variable in Template.VariablesOf(template).Distinct().Where(variable => !known.Contains(variable)))
        {
            var why = variable is "context" or "answer"
                ? $"no step {(variable == "context" ? "`context`" : "`generate`")} stands before this one"
                : "no step before this one has made it";
            at.Problem(at.SpanOf(key), $"`{{{{{variable}}}}}` has no value here: {why}. {Nearest.Of(variable, [.. known])}There are {Words.List([.. known])}.");
        }
    }

    private static void CheckPropose(ProposeStep propose, GenerateStep? answer, string input, StepOptions at)
    {
        if (answer is null)
        {
            at.Problem(at.At, "There is no answer to propose. Put `propose` behind a step `generate`.");
            return;
        }

        Only("field", propose.Field, propose.To is ProposalTarget.Field, "as `field: synopsis`", at);
        CheckFile(propose, at);
        Only("file", propose.File, propose.To is ProposalTarget.File, "as `file: notes/{{input}}.md`", at);
        if (propose.To is ProposalTarget.Field or ProposalTarget.Append or ProposalTarget.Replace)
        {
            if (answer.Output == OutputKind.Json)
            {
                at.Problem(at.SpanOf("to"), "An answer in JSON cannot stand in a file as it is. Write `output: text` or `prose` at `generate`, or `to: file` with `of`.");
            }
            else if (input is PipelineInput.Text or PipelineInput.Findings or PipelineInput.Story)
            {
                at.Problem(at.SpanOf("to"), $"The input of this pipeline is `{input}`, so there is no container to write into. Name a type of container as `input`, or write `to: file`.");
            }
        }

        RequireList(ProposalTarget.Edits, "edits", ["file", "old", "new"]);
        RequireList(ProposalTarget.Notes, "notes", ["quote", "note"]);
        if (propose.Of is { } of && ListOf(answer, of) is null)
        {
            at.Problem(at.SpanOf("of"), $"The answer has no list `{of}`. Name a list of objects of the answer's `schema`.");
        }

        if (propose.To == ProposalTarget.File && answer.Output == OutputKind.Json && propose.Of is null)
        {
            at.Problem(at.SpanOf("to"), "Say which list of the answer goes into the file, as `of: shots`.");
        }

        void RequireList(ProposalTarget target, string list, string[] keys)
        {
            if (propose.To == target && !(ListOf(answer, list) is { } item && keys.All(key => item.Fields.Any(field => field.Name == key))))
            {
                at.Problem(at.SpanOf("to"), $"`to: {list}` needs an answer in JSON with a list `{list}` of objects with {Words.List(keys)}.");
            }
        }
    }

    // Where a result goes is known before anybody is paid for it.
    private static void CheckFile(ProposeStep propose, StepOptions at)
    {
        if (propose.File is not { } file)
        {
            return;
        }

        var sample = Template.Fill(file, name => name is "input" or "name" ? "x" : "");
        if (Template.VariablesOf(file).FirstOrDefault(name => name is not ("input" or "name")) is { } unknown)
        {
            at.Problem(at.SpanOf("file"), $"`{{{{{unknown}}}}}` has no value in a path. There are `input` and `name`.");
        }
        else if (!ProposalStore.IsInside(sample) || sample == SettingsReader.FileName)
        {
            at.Problem(at.SpanOf("file"), $"`{file}` is no file that a pipeline may write: it is `story.yaml`, or lies outside of the story or in a folder that begins with a dot. Write a path such as `notes/{{{{input}}}}.md`.");
        }
        else if (Path.GetExtension(sample).ToLowerInvariant() is not (".md" or ".yaml" or ".yml" or ".fountain"))
        {
            at.Problem(at.SpanOf("file"), $"`{file}` is no file of a story. Let it end in `.md`, `.yaml` or `.fountain`.");
        }
    }

    private static FieldSchema? ListOf(GenerateStep answer, string name) =>
        answer.Schema.FirstOrDefault(field => field.Name == name) is { Type: FieldType.List, Of: { Type: FieldType.Object } item } ? item : null;

    private static void Only(string key, string? value, bool isWanted, string example, StepOptions at)
    {
        if (isWanted && value is null && at.Node(key) is null)
        {
            at.Problem(at.SpanOf("to"), $"`propose` needs `{key}` here, {example}.");
        }
        else if (!isWanted && value is not null)
        {
            at.Problem(at.SpanOf(key), $"`{key}` means nothing here. Take it away, or write `to: {key}`.");
        }
    }
}
