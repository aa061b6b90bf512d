namespace StoryLsp.Features.Fields;

/// <summary>The shapes of a pipeline file: its head and its steps. What a step takes is checked where pipelines are run.</summary>
internal sealed class PipelineFileShapes(Shapes shapes)
{
    private static readonly Choice[] Steps =
    [
        Key("context", "Gathers what the model is told of the story, without any secret."), Key("prompt", "Puts the prompt together."),
        Key("intercept", "Stops: the prompt is a file that you can read, change, send or drop."), Key("generate", "Asks the model."),
        Key("validate", "Checks the answer, and lets the model repair it."), Key("critique", "Lets a model read the answer, and repairs it once."),
        Key("propose", "Makes the proposal that you review."),
    ];

    private static readonly Choice[] Asking =
    [
        Key("model", "Which model is asked; that of the story when left out."), Key("temperature", "How freely it chooses its words, from 0 to 2."), Key("max_tokens", "The most tokens of an answer."),
        Key("max_words", "The most words of an answer."), Key("retries", "How often it is asked again when it cannot be reached."), Key("timeout", "How many seconds it has."),
    ];

    private static readonly Choice[] Booleans = [new("true"), new("false")];

    /// <summary>The shape of the whole file.</summary>
    public Shape Root => new()
    {
        Keys =
        [
            Key("pipeline", "Its name: lower-case letters, digits and hyphens."), Key("title", "What a menu says."), Key("description", "What it does, in a sentence."),
            Key("input", "What it is run on: a type of the story; or `text`, `findings`, `story`."), Key("version", "The version of the format: 1."), Key("steps", "What is done, one after another."),
        ],
        Under = key => key.ToLowerInvariant() switch
        {
            "input" => new Shape { Values = [.. shapes.Types(null), new("text", "What the person types in."), new("findings", "The findings of a document."), new("story", "The story as a whole.")] },
            "steps" => new Shape { Items = () => new Shape { Keys = Steps, Values = Steps, Under = Step } },
            _ => null,
        },
    };

    private static Shape? Step(string step) => step.ToLowerInvariant() switch
    {
        "context" => new Shape
        {
            Keys = [Key("include", "What is told."), Key("limit", "The most tokens that it may have.")],
            Under = key => key == "include" ? new Shape { Items = () => new Shape { Values = Included } } : null,
        },
        "prompt" => new Shape { Keys = Texts },
        "generate" => new Shape
        {
            Keys = [Key("output", "What the answer is."), Key("schema", "The fields of a JSON answer, as in a schema file."), Key("name", "What later steps call the answer."), .. Asking, Key("offline", "The algorithm that answers where no model is set.")],
            Under = key => key switch
            {
                "output" => new Shape { Values = [new("text", "Plain text."), new("prose", "Paragraphs of the story."), new("yaml", "A YAML file."), new("json", "JSON with the fields of `schema`.")] },
                "offline" => new Shape { Values = [new("summary"), new("shots"), new("repairs")] },
                _ => null,
            },
        },
        "validate" => new Shape
        {
            Keys = [Key("rules", "Whether the rules are run on the story as it would be."), Key("rounds", "How often the model may repair its answer."), Key("on_failure", "What becomes of an answer that stays at fault.")],
            Under = key => key switch
            {
                "rules" => new Shape { Values = Booleans },
                "on_failure" => new Shape { Values = [new("keep", "The last valid answer is kept."), new("roll-back", "The run goes back to its prompt."), new("fail", "The run fails.")] },
                _ => null,
            },
        },
        "critique" => new Shape { Keys = [.. Texts, .. Asking] },
        "propose" => new Shape
        {
            Keys = [Key("to", "Where the answer goes."), Key("field", "The field that it becomes."), Key("file", "The file that it becomes."), Key("of", "The list of a JSON answer of which each entry is one file.")],
            Under = key => key == "to" ? new Shape { Values = Targets } : null,
        },
        _ => null,
    };

    private static readonly Choice[] Texts = [Key("system", "What the model is told of its task."), Key("user", "What it is asked; `{{context}}`, `{{input}}` and the like stand for what was gathered.")];

    private static readonly Choice[] Included =
    [
        new("subject", "What the pipeline is run on."), new("cast", "Who is there."), new("place", "Where it is set."), new("items", "What is used there."), new("threads", "The threads of the plot."),
        new("facts", "What those who are there know."), new("before", "The end of the scene before."), new("after", "The synopsis of the next scene."), new("synopses", "The synopses of the scenes before."),
        new("schema", "The schema of the subject."), new("findings", "What the rules find in it."),
    ];

    private static readonly Choice[] Targets =
    [
        new("field", "A field of the subject."), new("append", "The end of its prose."), new("replace", "The place of its prose."), new("file", "A file of its own."), new("edits", "The edits that the answer names."),
        new("notes", "Remarks; no file changes."), new("nothing", "Nowhere."),
    ];

    private static Choice Key(string text, string description) => new(text, description, ChoiceKind.Key);
}
