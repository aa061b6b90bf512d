using System.Globalization;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;

namespace StoryLsp.Server.Runs;

/// <summary>
/// Tells the editor of a run as it goes: by <c>storylsp/run</c>, at most ten times in a second, and by the progress that a person sees. What comes faster is told
/// together, and the last is always told.
/// </summary>
internal sealed class RunReporter(LanguageConnection connection, string pipeline, WorkDoneProgress? shown) : IProgress<RunUpdate>
{
    private const int WordsBetweenReports = 5;

    /// <summary>A model writes faster than anybody reads, and an editor has other things to do; in milliseconds.</summary>
    private const long BetweenParts = 100;

    private const int MostInWindow = 10;
    private const long Window = 1000;

    private readonly Lock _gate = new();
    private readonly System.Text.StringBuilder _text = new();
    private readonly Queue<long> _sent = new();
    private RunUpdate? _held;
    private long _lastSent;
    private bool _isScheduled;

    private int _words;
    private int _reported;
    private bool _isInWord;
    private string? _message;

    /// <summary>The id of the run, as soon as it has one.</summary>
    public string? Run { get; private set; }

    /// <summary>Takes an update in; they come one after another.</summary>
    public void Report(RunUpdate value)
    {
        lock (_gate)
        {
            Run = value.Run;
            Count(value.Text);
            if (value.Text is null && _text.Length > 0 && Pause() == 0)
            {
                // Words belong to the step that wrote them.
                TellHeld();
            }

            _text.Append(value.Text);
            _held = value;
            var pause = Math.Max(Pause(), value.Text is null ? 0 : BetweenParts - (Environment.TickCount64 - _lastSent));
            if (pause <= 0)
            {
                TellHeld();
            }
            else if (!_isScheduled)
            {
                _isScheduled = true;
                _ = TellLaterAsync(pause);
            }

            Show(value);
        }
    }

    /// <summary>Tells what was gathered.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            TellHeld();
        }
    }

    private async Task TellLaterAsync(long pause)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(pause)).ConfigureAwait(false);
        lock (_gate)
        {
            _isScheduled = false;
            TellHeld();
        }
    }

    // The milliseconds until there is room for one more.
    private long Pause()
    {
        var now = Environment.TickCount64;
        while (_sent.TryPeek(out var first) && now - first >= Window)
        {
            _sent.Dequeue();
        }

        return _sent.Count < MostInWindow ? 0 : Window - (now - _sent.Peek());
    }

    private void TellHeld()
    {
        if (_held is { } value)
        {
            Tell(value, _text.Length > 0 ? _text.ToString() : value.Text);
            _text.Clear();
            _held = null;
            _lastSent = Environment.TickCount64;
            _sent.Enqueue(_lastSent);
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
