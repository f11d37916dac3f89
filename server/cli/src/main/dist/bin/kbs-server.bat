@echo off
rem Starts KBS Server. KBS_JAVA_OPTS holds further options for Java.
setlocal
set "home=%~dp0.."
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError %KBS_JAVA_OPTS% -cp "%home%\lib\*" io.kbsserver.cli.Main %*
exit /b %ERRORLEVEL%
