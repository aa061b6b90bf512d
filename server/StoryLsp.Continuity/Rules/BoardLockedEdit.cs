using StoryLsp.Continuity.Board;
using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>board/locked-edit</c></summary>
internal sealed class BoardLockedEdit : StoryRule
{
    public override string Code => "board/locked-edit";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "The content of an approved or locked shot is not what was approved.";

    public override string Documentation => """
        People agreed to a wording, and somebody changed it. What an approval covers is the `description` of the shot; its `hash` is the
        SHA-256 of that text in Unicode NFC, with LF for line ends, trimmed, in hexadecimal. The rule looks at shots whose `approval` has the
        status `approved` or `locked` and a hash. Put the old wording back, ask those who agreed once more (the first fix puts the shot
        under `review` and takes the hash out), or, if they have agreed, record the new wording (the second).
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var shot in story.In(document.Path, "shot"))
        {
            if (ApprovedContent.Of(shot) is not { } approval || shot.Field("description") is not { } description ||
                description.Value.AsText() is not { } content || ApprovedContent.Matches(content, approval.Hash))
            {
                continue;
            }

            var status = approval.Status.Value.AsText()!.Trim().ToLowerInvariant();
            report(new(Code, Severity, description.Value.Span,
                $"{shot.Name} is {status}, but this is not the wording that was agreed to. Put the old wording back, or ask again.")
            {
                Related =
                [
                    shot.Place(approval.Status.Value.Span, $"The shot is {status}."),
                    shot.Place(approval.HashEntry.Value.Span, "The hash of what was agreed to."),
                ],
            });
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (snapshot.ContainerAt(document.Path, finding.Span.Start) is not { } container || StoryWorld.Of(snapshot).Find(container.Key) is not { } shot ||
            ApprovedContent.Of(shot) is not { } approval || shot.Text("description") is not { } content ||
            approval.Status.Value is not YamlScalar status || approval.HashEntry.Value is not YamlScalar hash)
        {
            yield break;
        }

        yield return new("Ask again: back to `review`", WorkspaceChange.Edit(document.Path,
            YamlText.Replace(document.Text, status.ContentSpan, "review"),
            EntryEdits.Remove(document.Text, approval.Node, approval.HashEntry)));
        yield return new("It is agreed: record the new wording", WorkspaceChange.Edit(document.Path, new TextEdit(hash.Span, ApprovedContent.Hash(content))));
    }
}
