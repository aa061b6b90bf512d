using System.CommandLine;
using System.Text;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp proposal</c>: what pipelines have suggested, to be taken or left.</summary>
internal static class ProposalCommand
{
    public static Command Create()
    {
        var command = new Command("proposal", "Show, accept or reject what a pipeline has suggested.");
        var path = new Option<string?>("--path") { Description = "The story's folder; the current folder when left out." };
        var id = new Argument<string>("ID") { Description = "The proposal's id." };
        var hunks = new Option<int[]>("--hunk") { Description = "Only this hunk; may be repeated." };
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "text", Description = "text or json." };
        format.AcceptOnlyFromAmong("text", "json");
        var list = new Command("list", "List the proposals, oldest first.") { path };
        list.SetAction(parsed => List(StoreOf(parsed.GetValue(path))));
        var show = new Command("show", "Show a proposal.") { id, path, format };
        show.SetAction(parsed => Show(Load(parsed.GetValue(path), parsed.GetValue(id)!), parsed.GetValue(format) == "json"));
        var accept = new Command("accept", "Write a proposal's changes into the files.") { id, path, hunks };
        accept.SetAction(parsed => Accept(parsed.GetValue(path), parsed.GetValue(id)!, parsed.GetValue(hunks)));
        var reject = new Command("reject", "Drop a proposal.") { id, path };
        reject.SetAction(parsed => Reject(parsed.GetValue(path), parsed.GetValue(id)!));
        command.Add(list);
        command.Add(show);
        command.Add(accept);
        command.Add(reject);
        return command;
    }

    /// <summary>Prints a proposal for a person.</summary>
    public static void Print(Proposal proposal)
    {
        Console.Out.WriteLine($"{proposal.Id}  {proposal.Pipeline} of {proposal.Input}");
        Console.Out.WriteLine(proposal.Origin);
        foreach (var hunk in proposal.Hunks)
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine($"#{hunk.Id} {hunk.File}: {hunk.Label}");
            PrintLines('-', hunk.Old);
            PrintLines('+', hunk.New);
        }

        Console.Out.WriteLine();
    }

    private static void PrintLines(char mark, string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Where(line => line.Trim().Length > 0))
        {
            Console.Out.WriteLine($"  {mark} {line}");
        }
    }

    private static string RootOf(string? path)
    {
        var full = Path.GetFullPath(path ?? Directory.GetCurrentDirectory());
        return Path.Exists(full) ? WorkspaceRoot.Find(full) : throw new CommandFailure($"there is no `{path}`.");
    }

    private static ProposalStore StoreOf(string? path) => new(RootOf(path));

    private static Proposal Load(string? path, string id) =>
        StoreOf(path).Load(id) ?? throw new CommandFailure($"there is no proposal `{id}`. See `storylsp proposal list`.");

    private static int List(ProposalStore store)
    {
        foreach (var proposal in store.List().Select(store.Load).OfType<Proposal>())
        {
            Console.Out.WriteLine($"{proposal.Id}  {proposal.Pipeline} of {proposal.Input}  {proposal.Origin}");
        }

        return 0;
    }

    private static int Show(Proposal proposal, bool isJson)
    {
        if (isJson)
        {
            using var output = Console.OpenStandardOutput();
            ProposalJsonOutput.Write(output, proposal, "done");
        }
        else
        {
            Print(proposal);
        }

        return 0;
    }

    private static int Reject(string? path, string id)
    {
        Load(path, id);
        StoreOf(path).Remove(id);
        Console.Out.WriteLine($"Dropped {id}. No file was changed.");
        return 0;
    }

    private static int Accept(string? path, string id, int[]? hunks)
    {
        var root = RootOf(path);
        var proposal = Load(path, id);
        var only = hunks is { Length: > 0 } ? hunks.ToHashSet() : null;
        var placed = ProposalApplication.Place(proposal, file => Read(root, file)?.Text, only);
        foreach (var hunk in placed.Where(hunk => hunk.State != HunkState.Fits))
        {
            Console.Error.WriteLine(hunk.State == HunkState.Stale
                ? $"storylsp: hunk {hunk.Hunk.Id}: {hunk.Hunk.File} was changed at this place since, so nothing is written there."
                : $"storylsp: hunk {hunk.Hunk.Id}: {hunk.Hunk.File} has this text already.");
        }

        foreach (var file in (ProposalApplication.ChangeOf(placed)?.Files ?? []).OfType<TextChange>())
        {
            Write(root, file);
            Console.Out.WriteLine($"Wrote {file.Path}.");
        }

        if (placed.Count == 0 || placed.Any(hunk => hunk.State == HunkState.Stale))
        {
            return 1;
        }

        if (placed.Count == proposal.Hunks.Count)
        {
            new ProposalStore(root).Remove(id);
        }

        return 0;
    }

    private static (SourceText Text, DecodeResult Decoded)? Read(string root, string file)
    {
        var full = Path.Combine(root, file);
        // A damaged proposal must not reach out of the story.
        if (FileSet.Combine("", file) != file || !File.Exists(full))
        {
            return null;
        }

        var text = SourceText.Decode(File.ReadAllBytes(full), out var decoded);
        return decoded.IsValid ? (text, decoded) : null;
    }

    // The bytes around the change stay what they were: the encoding too.
    private static void Write(string root, TextChange change)
    {
        var (text, decoded) = Read(root, change.Path)!.Value;
        var full = Path.Combine(root, change.Path);
        Encoding encoding = decoded.Encoding switch
        {
            TextEncoding.Utf16LittleEndian => new UnicodeEncoding(false, false),
            TextEncoding.Utf16BigEndian => new UnicodeEncoding(true, false),
            _ => new UTF8Encoding(false),
        };
        var preamble = File.ReadAllBytes(full).AsSpan();
        var mark = text.Text.StartsWith('\uFEFF') ? 0
            : preamble.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3
            : decoded.Encoding is TextEncoding.Utf16LittleEndian or TextEncoding.Utf16BigEndian ? 2 : 0;
        var temporary = full + ".storylsp-tmp";
        File.WriteAllBytes(temporary, [.. preamble[..mark], .. encoding.GetBytes(text.WithEdits(change.Edits).Text)]);
        File.Move(temporary, full, overwrite: true);
    }
}
