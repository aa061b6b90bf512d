using StoryLsp.Continuity.Secrets;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>secret/in-prompt</c></summary>
internal sealed class SecretInPrompt : StoryRule
{
    public override string Code => "secret/in-prompt";

    public override Severity Severity => Severity.Error;

    public override string Summary => "A secret value stands in a prompt that is about to be sent.";

    public override string Documentation => """
        What a schema calls `secret: true` is never put into a prompt, nor what the story itself keeps at the place of the scene that the prompt is for:
        facts whose `secret_until` has not come or that the viewpoint character cannot know there, clues that no scene has planted yet, the solution of a
        case before its reveal. A prompt is a file that you may edit before it is sent, though, and what you paste there goes to the model. The rule
        looks at prompts, which are the Markdown files that the product keeps in `.story/` (such as `.story/runs/7/prompt.md`; not at their front matter, which is
        not sent): for the whole of a value of up to three words, or any four words in a row of a longer one, whatever their case, accents and endings, split or
        spelled letter by letter. References, options and yes or no are no values that could be recognized, and what is also a name in the story is no
        secret. The fix puts `[redacted]` in its place. Whatever stands in a prompt when it is sent is checked once more, and more strictly.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        if (PromptSecrets.IsPrompt(document.Path) && story.Snapshot.Text(document.Path) is { } text)
        {
            foreach (var finding in In(PromptSecrets.In((StorySecrets)story.Ask(new SecretsOfPrompt(PromptSecrets.InputOf(text.Text)))!, text.Text)))
            {
                report(finding);
            }
        }
    }

    /// <summary>The findings of an open prompt, which is no part of the index.</summary>
    public IEnumerable<Finding> In(Snapshot snapshot, SourceText text) => In(PromptSecrets.In(snapshot, text));

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        yield return new("Redact it", WorkspaceChange.Edit(document.Path, new TextEdit(finding.Span, "[redacted]")), IsPreferred: true);
    }

    private IEnumerable<Finding> In(IReadOnlyList<SaidSecret> secrets) => secrets.Select(said => new Finding(Code, Severity, said.Span, Message(said)) { Related = [said.Secret] });

    private static string Message(SaidSecret said) => said.What == said.Kind
        ? $"This gives away {said.Kind}, and whatever stands in a prompt is sent. Redact it, or say it otherwise."
        : $"This says what {said.What} keeps secret, and whatever stands in a prompt is sent. Redact it, or take `secret` off the field.";

    /// <summary>The secrets at the place of a prompt's run; the same object for as long as they stay so.</summary>
    /// <param name="Input">What the run is for, as its front matter names it.</param>
    private sealed record SecretsOfPrompt(string? Input) : Question
    {
        public override object? Ask(StoryWorld world) => StorySecrets.At(world.Snapshot, Input is null ? null : world.Snapshot.Resolve(Input, null).Container);
    }
}
