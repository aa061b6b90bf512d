using System.Text.Encodings.Web;
using System.Text.Json;
using StoryLsp.Cli.Commands;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Cli.Output;

/// <summary>How a run ended, for a person or for a program.</summary>
internal static class RunOutput
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Tells how it ended; gives the exit code.</summary>
    public static int Tell(RunOutcome outcome, string root, bool isJson)
    {
        if (outcome.Refused)
        {
            throw new CommandFailure(outcome.Message ?? "this run cannot go on now.");
        }

        if (isJson)
        {
            using var output = Console.OpenStandardOutput();
            Write(output, outcome, root);
        }
        else
        {
            Print(outcome, root);
        }

        return outcome.Status is RunStatus.Failed or RunStatus.Cancelled or RunStatus.Interrupted ? 1 : 0;
    }

    /// <summary>The word for a status.</summary>
    public static string Word(RunStatus status) => status.ToString().ToLowerInvariant();

    private static void Write(Stream output, RunOutcome outcome, string root)
    {
        if (outcome.Proposal is { } proposal)
        {
            ProposalJsonOutput.Write(output, proposal, Word(outcome.Status), proposal.Findings is { } found ? new FindingsChange(found.Added, found.Removed) : null);
            return;
        }

        using (var writer = new Utf8JsonWriter(output, Readable))
        {
            writer.WriteStartObject();
            writer.WriteString("run", outcome.Run);
            writer.WriteString("status", Word(outcome.Status));
            if (outcome.PromptPath is { } prompt)
            {
                // Whoever called may stand in another folder.
                writer.WriteString("prompt", Path.Combine(root, prompt));
            }

            if (outcome.Notes is { } notes)
            {
                WriteNotes(writer, notes);
            }

            if (outcome.Answer is { } answer)
            {
                writer.WriteString("answer", answer);
            }

            if (outcome.Message is { } message)
            {
                writer.WriteString("message", message);
            }

            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteNotes(Utf8JsonWriter writer, IReadOnlyList<CritiqueNote> notes)
    {
        writer.WriteStartArray("notes");
        foreach (var note in notes)
        {
            writer.WriteStartObject();
            writer.WriteString("code", note.Code);
            writer.WriteString("file", note.Path);
            writer.WriteString("quote", note.Quote);
            writer.WriteString("message", note.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Print(RunOutcome outcome, string root)
    {
        switch (outcome)
        {
            case { Status: RunStatus.Paused }:
                Console.Out.WriteLine($"{outcome.Run} waits for you. Its prompt is {Path.Combine(root, outcome.PromptPath ?? "")}");
                Console.Out.WriteLine($"Read it, change it if you like, and send it with `storylsp resume {outcome.Run}`, or drop it with `storylsp resume {outcome.Run} --drop`.");
                break;
            case { Proposal: { } proposal }:
                ProposalCommand.Print(proposal);
                Console.Out.WriteLine($"Take it with `storylsp proposal accept {proposal.Id}`, or leave it with `storylsp proposal reject {proposal.Id}`.");
                break;
            case { Notes: { } notes }:
                foreach (var note in notes)
                {
                    Console.Out.WriteLine($"{note.Path}: {note.Code}: “{note.Quote}”");
                    Console.Out.WriteLine($"  {note.Message}");
                }

                Console.Out.WriteLine(notes.Count == 0 ? "The model had nothing to remark." : $"{notes.Count} remarks of a model. No file was changed.");
                break;
            case { Answer: { } answer }:
                Console.Out.WriteLine(answer);
                break;
            case { Status: not (RunStatus.Failed or RunStatus.Interrupted) }:
                Console.Out.WriteLine($"{outcome.Run} {Word(outcome.Status)}");
                break;
        }

        if (outcome.Message is { } message)
        {
            Console.Error.WriteLine("storylsp: " + message);
        }

        if (outcome.Status is RunStatus.Failed or RunStatus.Interrupted)
        {
            Console.Error.WriteLine($"storylsp: nothing was changed. Go on from here with `storylsp resume {outcome.Run}`.");
        }
    }
}
