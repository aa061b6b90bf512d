using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>
/// Compares what all references and links mean before and after a change, and writes anew those that would mean something else, or nothing. What
/// still means the same stays as it is written.
/// </summary>
/// <param name="before">The workspace before the change.</param>
/// <param name="after">The workspace after it.</param>
/// <param name="moves">The files that the change moves.</param>
internal sealed class LinkMending(Snapshot before, Snapshot after, PathMoves moves)
{
    /// <summary>The edits that mend, with spans of the texts before the change, by path and then by place.</summary>
    public IEnumerable<(string Path, TextEdit Edit)> Edits(CancellationToken cancel)
    {
        foreach (var facts in before.Documents.OrderBy(facts => facts.Path, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var edit in Of(facts).OrderBy(edit => edit.Span.Start))
            {
                yield return (facts.Path, edit);
            }
        }
    }

    private IEnumerable<TextEdit> Of(DocumentFacts facts)
    {
        var from = moves.Of(facts.Path);
        var now = after.Facts(from);
        var links = now?.Links.Count == facts.Links.Count ? now.Links : facts.Links;
        for (var i = 0; i < facts.Links.Count; i++)
        {
            if (MendedLink(facts.Links[i], links[i], facts.Path, from) is { } edit)
            {
                yield return edit;
            }
        }

        for (var i = 0; i < facts.Links.Count; i++)
        {
            if (MendedAnchor(facts.Links[i], links[i], facts.Path) is { } edit)
            {
                yield return edit;
            }
        }

        foreach (var (span, written, meant) in Pictures.Of(before, facts))
        {
            if (after.Files.FindLinked(written, from) != moves.Of(meant) &&
                WrittenTargets.Of(written, from, meant, moves.Of(meant), WrittenTargets.IsRelative(written, facts.Path, meant)).FirstOrDefault(target => after.Files.FindLinked(target, from) == moves.Of(meant)) is { } found &&
                found != written && before.Text(facts.Path) is { } text)
            {
                yield return new TextEdit(span, InYaml.Write(before, facts.Path, text, span, found, isLink: false));
            }
        }

        var own = Referrals.Of(before, facts).ToList();
        var then = now is null || ReferenceEquals(now, facts) ? own : Referrals.Of(after, now).ToList();
        for (var i = 0; i < own.Count; i++)
        {
            if (MendedReference(own[i], then.Count == own.Count ? then[i] : own[i], facts.Path, from) is { } edit)
            {
                yield return edit;
            }
        }
    }

    private TextEdit? MendedLink(LinkFact link, LinkFact now, string old, string from)
    {
        if (link.Target.Length == 0 || before.ResolveLink(link, old) is not { Kind: LinkResolutionKind.Resolved or LinkResolutionKind.NoSuchAnchor } goal)
        {
            return null;
        }

        if (goal.Path is not { } meant)
        {
            return OutOfWorkspace(link, old, from) is { } outside && outside != link.Target ? Written(link, old, outside) : null;
        }

        var isRelative = (link.Kind is LinkKind.Markdown or LinkKind.Image || link.Target.StartsWith('.')) && WrittenTargets.IsRelative(link.Target, old, meant);
        bool Leads(string target) =>
            (!isRelative || WrittenTargets.IsRelative(target, from, moves.Of(meant))) && IsMeant(after.ResolveLink(With(now, target), from), goal);

        return Leads(now.Target) ? null
            : Candidates(link.Target, from, meant, goal.Container, isRelative && link.Kind is (LinkKind.Markdown or LinkKind.Image), isLink: true).FirstOrDefault(Leads) is { } target && target != link.Target ? Written(link, old, target)
            : null;
    }

    // A heading that has another text is the same heading: it stands in the same place among the others.
    private TextEdit? MendedAnchor(LinkFact link, LinkFact now, string old)
    {
        if (link.Anchor is not { } anchor || before.ResolveLink(link, old) is not { Heading: { } heading, Path: { } path } ||
            before.Facts(path) is not { } page || after.Facts(moves.Of(path)) is not { } then || then.Headings.Count != page.Headings.Count)
        {
            return null;
        }

        var index = page.Headings.TakeWhile(other => other.Span != heading.Span).Count();
        bool Leads(string text) => Snapshot.FindHeading(then, text) is { } found && found.Span == then.Headings[index].Span;

        if (then.Headings[index].Text == heading.Text && Leads(now.Anchor ?? anchor))
        {
            return null;
        }

        var way = anchor[..(anchor.LastIndexOf('#') + 1)];
        var last = anchor[way.Length..];
        var renamed = then.Headings[index];
        var candidates = last == heading.Slug ? new[] { renamed.Slug, renamed.Text } : [WrittenTargets.InCaseOf(last, heading.Text, renamed.Text), renamed.Text, renamed.Slug];
        return candidates.FirstOrDefault(text => text.Length > 0 && !text.AsSpan().ContainsAny("#|[]") && Leads(text)) is { } target && target != last && before.Text(old) is { } source
            ? new TextEdit(link.AnchorSpan, InYaml.InQuotes(before, old, link.AnchorSpan, way + WrittenDestination.Of(link, source.Slice(link.AnchorSpan), source.Text, target)))
            : null;
    }

    private TextEdit? MendedReference(ReferenceFact reference, ReferenceFact now, string old, string from)
    {
        if (before.Resolve(reference, old).Container is not { } meant)
        {
            return null;
        }

        var hash = reference.IsLink ? reference.Text.IndexOf('#', StringComparison.Ordinal) : -1;
        var anchor = hash < 0 ? "" : reference.Text[hash..];
        var written = hash < 0 ? reference.Text : reference.Text[..hash].TrimEnd();
        bool Leads(string text) => after.Resolve(now with { Text = text }, from).Container is { } found && IsSame(found, meant);

        if (Leads(now.Text) || Candidates(written, from, meant.Path, meant, isMarkdown: false).FirstOrDefault(target => Leads(target + anchor)) is not { } target || target == written)
        {
            return null;
        }

        return before.Text(old) is { } source
            ? new TextEdit(reference.Span, InYaml.Write(before, old, source, reference.Span, target + anchor, reference.IsLink))
            : null;
    }

    // Names keep being names, ids stay ids, and paths paths, as long as that leads there.
    private IEnumerable<string> Candidates(string written, string from, string meant, Container? container, bool isMarkdown, bool isLink = false)
    {
        var then = container is null ? null : after.ContainersIn(moves.Of(container.Path)).ElementAtOrDefault(container.Fact.Index);
        var key = NameKey.Of(written);
        if (isLink && container is { Fact.IdIsWritten: false } && key == NameKey.Of(FileSet.StemOf(meant)))
        {
            // A link names the file, as it does elsewhere; the id is only made of that.
            foreach (var target in WrittenTargets.Of(written, from, meant, moves.Of(meant), isMarkdown))
            {
                yield return target;
            }
        }

        if (then is not null && container is not null)
        {
            if (key == NameKey.Of(container.Fact.Id) || key == NameKey.Of(before.IdOf(container)))
            {
                yield return WrittenTargets.InCaseOf(written, container.Fact.Id, then.Fact.Id);
                yield return after.IdOf(then);
            }

            if (key == NameKey.Of(container.Name))
            {
                yield return WrittenTargets.InCaseOf(written, container.Name, then.Name);
            }
        }

        foreach (var target in WrittenTargets.Of(written, from, meant, moves.Of(meant), isMarkdown))
        {
            yield return target;
        }

        if (then is not null)
        {
            yield return then.Name;
            yield return after.IdOf(then);
        }
    }

    private string? OutOfWorkspace(LinkFact link, string old, string from)
    {
        if (link.Kind is LinkKind.Wikilink or LinkKind.Embed || FileSet.FolderOf(old) == FileSet.FolderOf(from) && !IsMovedFolder(link, old) || link.Target.StartsWith('/'))
        {
            return null;
        }

        var isPlainDot = link.Target.StartsWith("./", StringComparison.Ordinal);
        var isFolder = link.Target.EndsWith('/');
        var way = FileSet.WayTo(FileSet.FolderOf(from), moves.Of(WrittenTargets.Rooted(FileSet.FolderOf(old), link.Target)));
        return (isPlainDot ? "./" : "") + way + (isFolder && !way.EndsWith('/') ? "/" : "");
    }

    private bool IsMovedFolder(LinkFact link, string old) => WrittenTargets.Rooted(FileSet.FolderOf(old), link.Target) is var path && moves.Of(path) != path;

    private TextEdit? Written(LinkFact link, string path, string target) =>
        before.Text(path) is { } text && link.TargetSpan.End <= text.Length
            ? new TextEdit(link.TargetSpan, InYaml.InQuotes(before, path, link.TargetSpan, WrittenDestination.Of(link, text.Slice(link.TargetSpan), text.Text, target)))
            : null;

    private bool IsMeant(LinkResolution found, LinkResolution goal) =>
        found.Kind == goal.Kind && found.Path == moves.Of(goal.Path!) &&
        (goal.Container is null || found.Container is null || IsSame(found.Container, goal.Container));

    private bool IsSame(Container found, Container meant) => found.Path == moves.Of(meant.Path) && found.Fact.Index == meant.Fact.Index;

    private static LinkFact With(LinkFact link, string target) => new()
    {
        Kind = link.Kind, Container = link.Container, Target = target, Anchor = link.Anchor, Shown = link.Shown, Span = link.Span, TargetSpan = link.TargetSpan, AnchorSpan = link.AnchorSpan, ShownSpan = link.ShownSpan,
    };
}
