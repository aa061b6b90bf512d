using System.Globalization;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;

namespace StoryLsp.Server.Runs;

/// <summary>Tells the editor of a run as it goes: by <c>storylsp/run</c>, and by the progress that a person sees.</summary>
internal sealed class RunReporter(LanguageConnection connection, string pipeline, WorkDoneProgress? shown) : IProgress<RunUpdate>
{
    private const int WordsBetweenReports = 5;

    /// <summary>A model writes faster than anybody reads, and an editor has other things to do; in milliseconds.</summary>
    private const long BetweenParts = 100;

    private readonly System.Text.StringBuilder _text = new();
    private RunUpdate? _last;
    private long _sent;

    private int _words;
    private int _reported;
    private bool _isInWord;
    private string? _message;

    /// <summary>The id of the run, as soon as it has one.</summary>
    public string? Run { get; private set; }

    /// <summary>Takes an update in; they come one after another.</summary>
    public void Report(RunUpdate value)
    {
        Run = value.Run;
        Count(value.Text);
        if (value.Text is null)
        {
            Flush();
            Tell(value, null);
        }
        else
        {
            _text.Append(value.Text);
            _last = value;
            if (Environment.TickCount64 - _sent >= BetweenParts)
            {
                Flush();
            }
        }

        Show(value);
    }

    /// <summary>Tells the words that were gathered.</summary>
    public void Flush()
    {
        if (_last is { } value)
        {
            Tell(value, _text.ToString());
            _text.Clear();
            _last = null;
            _sent = Environment.TickCount64;
        }
    }

    private void Tell(RunUpdate value, string? text) => connection.Notify(ExtensionMethods.Run, new RunNews
    {
        Run = value.Run,
        Pipeline = pipeline,
        Status = StatusNames.Of(value.Status),
        Step = value.Step < 0 ? null : value.Step,
        Kind = value.StepKind.Length == 0 ? null : value.StepKind,
        Message = value.Message.Length == 0 ? null : value.Message,
        Text = text,
        Words = text is null ? null : _words,
    });

    private void Show(RunUpdate value)
    {
        if (value.Text is null)
        {
            if (value.Message.Length > 0 && value.Message != _message)
            {
                _message = value.Message;
                shown?.Report(value.Message);
            }
        }
        else if (_words - _reported >= WordsBetweenReports)
        {
            _reported = _words;
            shown?.Report(string.Create(CultureInfo.InvariantCulture, $"{_words} words"));
        }
    }

    private void Count(string? text)
    {
        foreach (var unit in text ?? "")
        {
            var isWord = !char.IsWhiteSpace(unit);
            _words += isWord && !_isInWord ? 1 : 0;
            _isInWord = isWord;
        }
    }
}

/// <summary>The words of the wire for how a run stands.</summary>
internal static class StatusNames
{
    public static string Of(RunStatus status) => status switch
    {
        RunStatus.Queued => "queued",
        RunStatus.Running => "running",
        RunStatus.Paused => "paused",
        RunStatus.Done => "done",
        RunStatus.Failed => "failed",
        RunStatus.Cancelled => "cancelled",
        _ => "interrupted",
    };
}
