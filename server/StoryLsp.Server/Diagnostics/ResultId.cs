using System.Security.Cryptography;
using System.Text;
using Diagnostic = StoryLsp.Protocol.Diagnostic;

namespace StoryLsp.Server.Diagnostics;

/// <summary>A short name of a list of diagnostics; equal lists have equal names.</summary>
internal static class ResultId
{
    public static string Of(IReadOnlyList<Diagnostic> diagnostics)
    {
        if (diagnostics.Count == 0)
        {
            return "none";
        }

        var text = new StringBuilder();
        foreach (var diagnostic in diagnostics)
        {
            text.Append(diagnostic.Range.Start.Line).Append(':').Append(diagnostic.Range.Start.Character).Append('-')
                .Append(diagnostic.Range.End.Line).Append(':').Append(diagnostic.Range.End.Character).Append(' ')
                .Append(diagnostic.Severity).Append(' ').Append(diagnostic.Code?.String).Append(' ').Append(diagnostic.Message.String).Append('\n');
            foreach (var related in diagnostic.RelatedInformation ?? [])
            {
                text.Append(related.Location.Uri).Append(related.Location.Range.Start.Line).Append(related.Message).Append('\n');
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 12));
    }
}
