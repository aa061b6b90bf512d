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
        What a schema calls `secret: true` is never put into a prompt. A prompt is a file that you may edit before it is sent, though, and
        what you paste there goes to the model. The rule looks at prompts, which are the Markdown files that the product keeps in `.story/` (such as
        `.story/runs/7/prompt.md`), and at the values of secret fields of the whole story: the whole of a value of up to three words,
        or any four words in a row of a longer one, whatever their case and accents. References, options and yes or no are no values that could be recognized, and
        what is also a name in the story is no secret. The fix puts `[redacted]` in its place.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        if (PromptSecrets.IsPrompt(document.Path) && story.Snapshot.Text(document.Path) is { } text)
        {
            foreach (var finding in In(PromptSecrets.In((SecretValues)story.Ask(new Secrets())!, text)))
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

    private IEnumerable<Finding> In(IReadOnlyList<SaidSecret> secrets) => secrets.Select(said => new Finding(Code, Severity, said.Span,
        $"This says what {said.What} keeps secret, and whatever stands in a prompt is sent. Redact it, or take `secret` off the field.") { Related = [said.Secret] });

    /// <summary>The secrets of the story.</summary>
    private sealed record Secrets : Question
    {
        public override object? Ask(StoryWorld world) => SecretValues.Of(world);
    }
}
