using System.Runtime.CompilerServices;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Diagnostics;

/// <summary>
/// The names of results (see <see cref="ResultId"/>), each made once for the findings that it is the name of: who asks for all documents after each pause shall not
/// pay for those that are as they were.
/// </summary>
internal sealed class KnownResults(EditorSession session)
{
    // Findings that are kept are the same list for as long as they and their places are the same.
    private readonly ConditionalWeakTable<IReadOnlyList<Finding>, string> _ids = [];

    /// <summary>The name of what a document's diagnostics are now.</summary>
    public string Of(StoryFolder story, Snapshot snapshot, string path)
    {
        var findings = session.Findings.Of(snapshot, path);
        if (session.Remarks.AreOn(story, path))
        {
            return ResultId.Of(FindingConversion.Diagnostics(session, story, snapshot, path));
        }

        if (findings.Count == 0)
        {
            return ResultId.Of([]);
        }

        if (!_ids.TryGetValue(findings, out var id))
        {
            id = ResultId.Of([.. findings.Select(finding => FindingConversion.Diagnostic(session, story, snapshot, path, finding))]);
            _ids.AddOrUpdate(findings, id);
        }

        return id;
    }
}
