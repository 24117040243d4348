using System;
using System.Management.Automation;
using System.Threading;
using DynamoBatch.Completion;
using DynamoBatch.Connection;

namespace DynamoBatch.Pipeline;

/// <summary>A command that talks to DynamoDB: how it connects, and how it is stopped.</summary>
public abstract class DdbCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>The AWS region, such as eu-west-1.</summary>
    [Parameter(ValueFromPipelineByPropertyName = false)]
    [Alias("RegionToCall")]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>A profile of the shared AWS files.</summary>
    [Parameter]
    [Alias("AWSProfileName", "StoredCredentials")]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    public string? ProfileName { get; set; }

    /// <summary>Where the shared credentials file is, if not at its usual place.</summary>
    [Parameter]
    [Alias("AWSProfilesLocation", "ProfilesLocation")]
    public string? ProfileLocation { get; set; }

    /// <summary>An AWS credentials object, such as Get-AWSCredential or Use-STSRole gives.</summary>
    [Parameter]
    public object? Credential { get; set; }

    /// <summary>An access key; goes with -SecretKey.</summary>
    [Parameter]
    [Alias("AK")]
    public string? AccessKey { get; set; }

    /// <summary>A secret key; goes with -AccessKey.</summary>
    [Parameter]
    [Alias("SK", "SecretAccessKey")]
    public string? SecretKey { get; set; }

    /// <summary>The session token of temporary credentials.</summary>
    [Parameter]
    [Alias("ST")]
    public string? SessionToken { get; set; }

    /// <summary>Another endpoint than the region's, such as http://localhost:8000.</summary>
    [Parameter]
    public string? EndpointUrl { get; set; }

    /// <summary>Requests in flight at most.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int ThrottleLimit { get; set; } = 64;

    /// <summary>Gives up what made no progress for that long. A plain number is seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan RetryTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Tries of one item, key or page at most.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxRetry { get; set; } = 100;

    /// <summary>Cancelled by Ctrl+C.</summary>
    internal CancellationToken StopToken => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Only cancels: the pipeline thread notices, and ends the run.</summary>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Ends what is still going on.</summary>
    /// <param name="disposing">Whether called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    /// <summary>What the user said of the connection.</summary>
    internal ConnectionParameters GetConnection() => new(this);
}
