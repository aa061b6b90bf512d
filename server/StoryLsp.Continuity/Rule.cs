using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity;

/// <summary>A rule: what it is called, when it fires, and how it is mended. One file a rule.</summary>
public abstract class Rule
{
    /// <summary>The stable id, as <c>ref/unresolved</c>.</summary>
    public abstract string Code { get; }

    /// <summary>The severity where nothing else is said.</summary>
    public abstract Severity Severity { get; }

    /// <summary>When it fires, in one sentence for the documentation page.</summary>
    public abstract string Summary { get; }

    /// <summary>Why it is a fault and what to do, with an example, as Markdown.</summary>
    public abstract string Documentation { get; }

    /// <summary>The quick fixes of a finding, the best first. The finding is one of the snapshot's.</summary>
    public virtual IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding) => [];
}

/// <summary>A rule that crosses documents. Its findings of one document may depend on others only through the keys that the document takes (see the index).</summary>
public abstract class SnapshotRule : Rule
{
    /// <summary>Reports the faults of one document.</summary>
    public abstract void Check(Snapshot snapshot, DocumentFacts document, Action<Finding> report);
}

/// <summary>
/// A rule that knows the story: who is where and when, what has happened, what the reader knows. It asks through the reading that it is
/// given, and its findings of a document are found anew when an answer changes.
/// </summary>
public abstract class StoryRule : Rule
{
    /// <summary>Reports the faults of one document. A finding sits in that document; the places that it rests on may be anywhere.</summary>
    public abstract void Check(StoryReading story, DocumentFacts document, Action<Finding> report);
}

/// <summary>A quick fix: complete, and doing it twice is the same as doing it once.</summary>
/// <param name="Title">What it does, as <c>Replace with `ada-vane`</c>.</param>
/// <param name="Change">The change.</param>
/// <param name="IsPreferred">Whether it is the one fix that is nearly always right.</param>
public sealed record Fix(string Title, WorkspaceChange Change, bool IsPreferred = false);
